'use strict';
// temp
async function run(name, opts, fn){ if(typeof name==='function'){fn=name;name='';opts={}} if(typeof opts==='function'){fn=opts;opts={}} if(opts&&opts.skip) return; if(!fn)return; 
 try{ await fn({name, test:run, mock:{}, assert: require('assert'), signal: undefined, diagnostic(){}, after(f){} }); }catch(e){ console.error('FAIL', name, e && e.stack || e, e); process.exitCode=1; } }
let chain=Promise.resolve();
function test(...a){ const p=chain.then(()=>run(...a)); chain=p; return p; }
function suite(name,opts,fn){ if(typeof opts==='function'){fn=opts} if(opts&&opts.skip)return; return fn({}); }
module.exports=test; Object.assign(test,{test,it:test,describe:suite,suite,before(f){chain=chain.then(f)},after(){},beforeEach(){},afterEach(){},mock:{}});
