// SPDX-License-Identifier: MIT
//
// Regular-expression literals: the names of Unicode properties. Those that ECMA-262 lists (tables 67 to 69)
// are listed here; their values are ICU's, whose look-up is looser than the standard's, so that what it finds
// is compared again.
#include "syntax/regexp_parts.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#define LONGEST 64 // longer than any name

static const char *const binary_properties[] = {
    // sorted
    "AHex",
    "ASCII",
    "ASCII_Hex_Digit",
    "Alpha",
    "Alphabetic",
    "Any",
    "Assigned",
    "Bidi_C",
    "Bidi_Control",
    "Bidi_M",
    "Bidi_Mirrored",
    "CI",
    "CWCF",
    "CWCM",
    "CWKCF",
    "CWL",
    "CWT",
    "CWU",
    "Case_Ignorable",
    "Cased",
    "Changes_When_Casefolded",
    "Changes_When_Casemapped",
    "Changes_When_Lowercased",
    "Changes_When_NFKC_Casefolded",
    "Changes_When_Titlecased",
    "Changes_When_Uppercased",
    "DI",
    "Dash",
    "Default_Ignorable_Code_Point",
    "Dep",
    "Deprecated",
    "Dia",
    "Diacritic",
    "EBase",
    "EComp",
    "EMod",
    "EPres",
    "Emoji",
    "Emoji_Component",
    "Emoji_Modifier",
    "Emoji_Modifier_Base",
    "Emoji_Presentation",
    "Ext",
    "ExtPict",
    "Extended_Pictographic",
    "Extender",
    "Gr_Base",
    "Gr_Ext",
    "Grapheme_Base",
    "Grapheme_Extend",
    "Hex",
    "Hex_Digit",
    "IDC",
    "IDS",
    "IDSB",
    "IDST",
    "IDS_Binary_Operator",
    "IDS_Trinary_Operator",
    "ID_Continue",
    "ID_Start",
    "Ideo",
    "Ideographic",
    "Join_C",
    "Join_Control",
    "LOE",
    "Logical_Order_Exception",
    "Lower",
    "Lowercase",
    "Math",
    "NChar",
    "Noncharacter_Code_Point",
    "Pat_Syn",
    "Pat_WS",
    "Pattern_Syntax",
    "Pattern_White_Space",
    "QMark",
    "Quotation_Mark",
    "RI",
    "Radical",
    "Regional_Indicator",
    "SD",
    "STerm",
    "Sentence_Terminal",
    "Soft_Dotted",
    "Term",
    "Terminal_Punctuation",
    "UIdeo",
    "Unified_Ideograph",
    "Upper",
    "Uppercase",
    "VS",
    "Variation_Selector",
    "White_Space",
    "XIDC",
    "XIDS",
    "XID_Continue",
    "XID_Start",
    "space",
};

static const char *const string_properties[] = {
    // sorted
    "Basic_Emoji",
    "Emoji_Keycap_Sequence",
    "RGI_Emoji",
    "RGI_Emoji_Flag_Sequence",
    "RGI_Emoji_Modifier_Sequence",
    "RGI_Emoji_Tag_Sequence",
    "RGI_Emoji_ZWJ_Sequence",
};

static int compare(const void *key, const void *entry) { return strcmp(key, *(const char *const *)entry); }

#define LISTED(name, list) bsearch(name, list, LODE_COUNT(list), sizeof *list, compare)

// The number of the value that has exactly this name, or UCHAR_INVALID_CODE.
static int32_t exact_value(UProperty property, const char *name) {
  int32_t value = u_getPropertyValueEnum(property, name);
  if (value == UCHAR_INVALID_CODE) return value;
  for (int choice = 0; choice < 8; choice++) {
    const char *known = u_getPropertyValueName(property, value, (UPropertyNameChoice)choice);
    if (known && !strcmp(known, name)) return value;
    if (!known && choice > 1) break; // a short name may be missing, later ones follow each other
  }
  return UCHAR_INVALID_CODE;
}

static bool is_category(const char *name) {
  return exact_value(UCHAR_GENERAL_CATEGORY_MASK, name) != UCHAR_INVALID_CODE;
}

// ICU knows scripts that no character has (ISO 15924 codes, some of which stand for several scripts): no
// values of the property.
static bool is_script(const char *name) {
  int32_t value = exact_value(UCHAR_SCRIPT, name);
  switch (value) {
  case UCHAR_INVALID_CODE:
  case USCRIPT_JAMO:
  case USCRIPT_JAPANESE:
  case USCRIPT_KOREAN:
  case USCRIPT_HAN_WITH_BOPOMOFO:
  case USCRIPT_SIMPLIFIED_HAN:
  case USCRIPT_TRADITIONAL_HAN:
    return false;
  case USCRIPT_UNKNOWN:
    return true;
  default:
    return uscript_getUsage((UScriptCode)value) != USCRIPT_USAGE_NOT_ENCODED;
  }
}

static bool is_property(regexp *r, const char *name, const char *value, bool negated, bool *strings) {
  if (!value) {
    if (r->sets && !negated && LISTED(name, string_properties)) {
      *strings = true;
      return true;
    }
    return is_category(name) || LISTED(name, binary_properties);
  }
  if (!strcmp(name, "General_Category") || !strcmp(name, "gc")) return is_category(value);
  bool script = !strcmp(name, "Script") || !strcmp(name, "sc") || !strcmp(name, "Script_Extensions") ||
                !strcmp(name, "scx");
  return script && is_script(value);
}

bool regexp_check_property(regexp *r, bool negated, bool *strings) {
  char text[LONGEST], *value = NULL;
  size_t length = 0;
  *strings = false;
  if (!regexp_eat(r, '{')) return false;
  for (;; length++) {
    int c = regexp_peek(r);
    if (c < 0 || length == LONGEST - 1) return false;
    r->at++;
    if (c == '}') break;
    if (c == '=') {
      if (value) return false;
      value = text + length + 1;
      c = 0;
    } else if (!(c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))) {
      return false;
    }
    text[length] = (char)c;
  }
  text[length] = 0;
  return is_property(r, text, value, negated, strings);
}
