// SPDX-License-Identifier: MIT
//
// Deep comparison of sets and maps, in which order means nothing.
// Idea: entries that are in both by identity are settled first. What remains of the second collection looks for a
// partner among what remains of the first, each partner being used once; the first fit is taken.
'use strict';

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// Primitives that are equal strictly are found by lookup; only objects, and loose equality, need a search.
function compareSets(a, b, mode, open, walk) {
  let seekers;
  for (const value of b) {
    if (a.has(value)) continue;
    if (mode !== walk.LOOSE && !isObject(value)) return false;
    (seekers ??= []).push(value);
  }
  if (seekers === undefined) return true;
  const partners = [];
  for (const value of a) if (!b.has(value) && (mode === walk.LOOSE || isObject(value))) partners.push(value);
  if (mode === walk.PARTIAL ? partners.length < seekers.length : partners.length !== seekers.length) return false;
  return allMatched(seekers, partners, (theirs, ours) => walk.compare(ours, theirs, mode, open));
}

// Gives each seeker a partner of its own.
function allMatched(seekers, partners, fits) {
  for (const seeker of seekers) {
    let found = -1;
    for (let i = 0; i < partners.length && found === -1; i++) if (fits(seeker, partners[i])) found = i;
    if (found === -1) return false;
    partners.splice(found, 1);
  }
  return true;
}

function compareMaps(a, b, mode, open, walk) {
  let seekers;
  let settled;
  for (const entry of b) {
    const key = entry[0];
    if (a.has(key)) {
      if (walk.compare(a.get(key), entry[1], mode, open)) {
        (settled ??= new Set()).add(key);
        continue;
      }
      // Loosely, another key may be equal too ('1' and 1).
      if (mode !== walk.LOOSE || isObject(key)) return false;
    } else if (mode !== walk.LOOSE && !isObject(key)) {
      return false;
    }
    (seekers ??= []).push(entry);
  }
  if (seekers === undefined) return true;
  const partners = [];
  for (const entry of a) {
    if (!settled?.has(entry[0]) && (mode === walk.LOOSE || isObject(entry[0]))) partners.push(entry);
  }
  if (mode === walk.PARTIAL ? partners.length < seekers.length : partners.length !== seekers.length) return false;
  return allMatched(seekers, partners, (theirs, ours) =>
    walk.compare(ours[0], theirs[0], mode, open) && walk.compare(ours[1], theirs[1], mode, open));
}

module.exports = { compareMaps, compareSets };
