// SPDX-License-Identifier: MIT
//
// How lode's own modules publish on diagnostics channels. Idea: nobody can listen before diagnostics_channel was loaded,
// so until then `on` is one comparison; that module announces itself here when it loads.
'use strict';

let channels; // exports of diagnostics_channel once a program has loaded it

// Whether somebody listens on a channel: ask before making the message.
function on(name) {
  return channels !== undefined && channels.hasSubscribers(name);
}

function publish(name, message) {
  if (on(name)) channels.channel(name).publish(message);
}

// The tracing channel of that name where somebody listens to it, else undefined.
function tracing(name) {
  if (channels === undefined) return undefined;
  const channel = channels.tracingChannel(name);
  return channel.hasSubscribers ? channel : undefined;
}

module.exports = {
  timesHttp: false, // whether somebody observes performance entries of requests
  aroundGc: undefined, // set while performance entries of collections are wanted: (collect) => void
  loaded(exports) { channels = exports; },
  on,
  publish,
  tracing,
};
