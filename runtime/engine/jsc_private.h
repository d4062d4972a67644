// SPDX-License-Identifier: MIT
//
// Functions that the engine's library exports without declaring them in its public headers.
// Signatures follow the engine's own private headers; each is used in one place, named beside it.
#ifndef LODE_JSC_PRIVATE_H
#define LODE_JSC_PRIVATE_H

#include "runtime/engine/engine.h"

typedef struct OpaqueJSScript *JSScriptRef;

void JSLock(JSContextRef ctx);
void JSUnlock(JSContextRef ctx);
void JSGlobalContextSetUnhandledRejectionCallback(JSGlobalContextRef ctx, JSObjectRef fn, JSValueRef *exc);
void JSContextGroupSetExecutionTimeLimit(JSContextGroupRef group, double seconds,
                                         bool (*should_terminate)(JSContextRef, void *), void *arg);
void JSContextGroupClearExecutionTimeLimit(JSContextGroupRef group);
JSScriptRef JSScriptCreateReferencingImmortalASCIIText(JSContextGroupRef group, JSStringRef url,
                                                       int starting_line, const char *source, size_t length,
                                                       JSStringRef *error_message, int *error_line);
void JSScriptRelease(JSScriptRef script);
JSValueRef JSScriptEvaluate(JSContextRef ctx, JSScriptRef script, JSValueRef self, JSValueRef *exc);
JSObjectRef JSObjectGetProxyTarget(JSObjectRef object);
void JSGlobalContextSetEvalEnabled(JSGlobalContextRef ctx, bool enabled, JSStringRef message);
void JSReportExtraMemoryCost(JSContextRef ctx, size_t bytes);
JSObjectRef JSGetMemoryUsageStatistics(JSContextRef ctx);
void JSSynchronousGarbageCollectForDebugging(JSContextRef ctx);
bool JSConfigureSignalForGC(int signal);

// weak.c. JSWeakGetObject gives NULL once the object is gone.
const struct OpaqueJSWeak *JSWeakCreate(JSContextGroupRef group, JSObjectRef object);
void JSWeakRelease(JSContextGroupRef group, const struct OpaqueJSWeak *weak);
JSObjectRef JSWeakGetObject(const struct OpaqueJSWeak *weak);

JSStringRef JSContextGroupTakeSamplesFromSamplingProfiler(JSContextGroupRef group);
void JSContextGroupDisableSamplingProfiler(JSContextGroupRef group);

// A C++ function of the library's: WTF::initializeMainThread(). An embedder is expected to call it; without,
// the collector's idle timer dereferences the main run loop that nobody made (vm.c).
extern void wtf_initialize_main_thread(void) __asm__("_ZN3WTF20initializeMainThreadEv") __attribute__((weak));
// JSC::VM::drainMicrotasks(); a context group is a VM (realm.c).
extern void vm_drain_microtasks(void *vm) __asm__("_ZN3JSC2VM15drainMicrotasksEv") __attribute__((weak));
// How often the allocator's scavenger looks for free pages, and for how long (in nanoseconds) pages must have
// been free before it gives them back to the kernel (vm.c).
extern double pas_scavenger_period_in_milliseconds __attribute__((weak));
extern int64_t pas_scavenger_max_epoch_delta __attribute__((weak));

// C++ functions of the library's that work without the engine's lock (sampler.c). A context group is a
// JSC::VM: VM::ensureSamplingProfiler(Ref<Stopwatch>&&), VM::disableSamplingProfiler(),
// SamplingProfiler::start() and SamplingProfiler::noticeCurrentThreadAsJSCExecutionThread().
extern void *jsc_vm_ensure_sampling_profiler(JSContextGroupRef vm, void *stopwatch) __asm__(
    "_ZN3JSC2VM22ensureSamplingProfilerEON3WTF3RefINS1_9StopwatchENS1_12RawPtrTraitsIS3_EENS1_"
    "21DefaultRefDerefTraitsI"
    "S3_EEEE") __attribute__((weak));
extern void
jsc_vm_disable_sampling_profiler(JSContextGroupRef vm) __asm__("_ZN3JSC2VM23disableSamplingProfilerEv")
    __attribute__((weak));
extern void jsc_sampling_profiler_start(void *profiler) __asm__("_ZN3JSC16SamplingProfiler5startEv")
    __attribute__((weak));
extern void jsc_sampling_profiler_notice_thread(void *profiler) __asm__(
    "_ZN3JSC16SamplingProfiler39noticeCurrentThreadAsJSCExecutionThreadEv") __attribute__((weak));

// C++ functions of the library's that make an 8-bit string straight from bytes (values.c), which the C
// interface cannot: WTF::StringImpl::create(std::span<const uint8_t>) and
// OpaqueJSString::tryCreate(WTF::String&&). Results that C++ returns by value arrive through the first
// argument; a WTF::String is one pointer, and tryCreate takes it over.
extern void wtf_string_create(void **string, const char *bytes, size_t length) __asm__(
    "_ZN3WTF10StringImpl6createESt4spanIKhLm18446744073709551615EE") __attribute__((weak));
extern void wtf_js_string_create(JSStringRef *result,
                                 void **string) __asm__("_ZN14OpaqueJSString9tryCreateEON3WTF6StringE")
    __attribute__((weak));

// JSC::jsStringWithCacheSlowCase(VM &, StringImpl &): a value that shares a WTF::String (values.c). Call with
// the lock held.
extern JSValueRef jsc_string_value(JSContextGroupRef vm, void *string) __asm__(
    "_ZN3JSC25jsStringWithCacheSlowCaseERNS_2VMERN3WTF10StringImplE") __attribute__((weak));
// JSC::JSRopeString::resolveRope(JSGlobalObject *): puts a string in pieces together (strings.c).
extern void jsc_resolve_rope(JSValueRef string, JSContextRef ctx) __asm__(
    "_ZNK3JSC12JSRopeString11resolveRopeEPNS_14JSGlobalObjectE") __attribute__((weak));

// C++ functions of the library's (interrupt.c): JSC::VMEntryScope::setUpSlow() and tearDownSlow(), which make
// a scope the engine's outermost entry and end it. The scope's first member is the VM, which is what the C
// interface calls a context group. Call with the lock held.
struct jsc_entry_scope {
  void *vm;
  const void *global_object;
};
extern void jsc_entry_scope_enter(struct jsc_entry_scope *scope) __asm__("_ZN3JSC12VMEntryScope9setUpSlowEv")
    __attribute__((weak));
extern void
jsc_entry_scope_leave(struct jsc_entry_scope *scope) __asm__("_ZN3JSC12VMEntryScope12tearDownSlowEv")
    __attribute__((weak));

// C++ functions of the library's (traps.c): JSC::VMTraps::requestThreadStopIfNeeded(event), which makes a
// thread look at its traps, and JSC::VM::ensureTerminationException().
extern void jsc_traps_notify(void *traps,
                             unsigned event) __asm__("_ZN3JSC7VMTraps25requestThreadStopIfNeededEj")
    __attribute__((weak));
extern void *jsc_termination_prepare(void *vm) __asm__("_ZN3JSC2VM26ensureTerminationExceptionEv")
    __attribute__((weak));

// C++ functions of the library's (code.c): JSC::computeJSCBytecodeCacheVersion(), generateProgramBytecode(VM
// &, const SourceCode &, FileHandle &, BytecodeCacheError &) -> RefPtr<CachedBytecode>, CachePayload::
// makeMappedPayload(MappedFileData &&), WTF::FileHandle() (no file), WTF::fastMalloc(). What C++ answers by
// value arrives through the first argument.
extern uint32_t jsc_bytecode_version(void) __asm__("_ZN3JSC30computeJSCBytecodeCacheVersionEv")
    __attribute__((weak));
extern void jsc_generate_bytecode(void **result, JSContextGroupRef vm, const void *source, void *file,
                                  void *error) __asm__("_ZN3JSC23generateProgramBytecodeERNS_2VMERKNS_"
                                                       "10SourceCodeERN3WTF14FileSystemImpl10FileHandleE"
                                                       "RNS_18BytecodeCacheErrorE") __attribute__((weak));
extern void jsc_mapped_payload(void *payload, void *mapping) __asm__(
    "_ZN3JSC12CachePayload17makeMappedPayloadEON3WTF14FileSystemImpl14MappedFileDataE") __attribute__((weak));
extern void wtf_file_handle(void *handle) __asm__("_ZN3WTF14FileSystemImpl10FileHandleC1Ev")
    __attribute__((weak));
extern void *wtf_fast_malloc(size_t bytes) __asm__("_ZN3WTF10fastMallocEm") __attribute__((weak));

// C++ functions of the library's (functions.c): JSC::JSFunction::create() for functions written in C++, with
// callHostFunctionAsConstructor(), which refuses `new`, and VM::throwException(JSGlobalObject *, JSValue). A
// JSContextRef is a JSGlobalObject. Of the plain numbers, the first is the function's `length`, the others
// mean "visible" and "nothing that the compiler knows".
extern JSObjectRef jsc_function_create(
    JSContextGroupRef vm, JSContextRef ctx, unsigned length, void *const *name,
    JSValueRef (*fn)(JSContextRef, const JSValueRef[]), uint8_t visibility, uint8_t intrinsic,
    void (*constructor)(void),
    const void
        *signature) __asm__("_ZN3JSC10JSFunction6createERNS_2VMEPNS_14JSGlobalObjectEjRKN3WTF6StringENS5_"
                            "11FunctionPtrILNS5_6PtrTagE1EFlS4_PNS_9CallFrameEELNS5_"
                            "18FunctionAttributesE2EEENS_24ImplementationVisibilityENS_9IntrinsicESF_"
                            "PKNS_6DOMJIT9SignatureE") __attribute__((weak));
extern void jsc_no_constructor(void) __asm__(
    "_ZN3JSC29callHostFunctionAsConstructorEPNS_14JSGlobalObjectEPNS_9CallFrameE") __attribute__((weak));
extern void jsc_throw(JSContextGroupRef vm, JSContextRef ctx, JSValueRef error) __asm__(
    "_ZN3JSC2VM14throwExceptionEPNS_14JSGlobalObjectENS_7JSValueE") __attribute__((weak));

#endif
