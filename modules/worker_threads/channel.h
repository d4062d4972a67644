// SPDX-License-Identifier: MIT
//
// Channels: two ends, or under a name any number of them; what is posted at one end arrives at the others.
//
// Each end has a queue of parcels, which grows whether or not somebody reads. An end belongs to one thread at
// a time, but all functions may be called from any thread while others use the other ends: a channel's lock
// guards its ends and their queues. Who reads an end says how to be woken; `wake` runs on the poster's
// thread, under the channel's lock, and may do nothing but signal. After lode_channel_sleep has returned it
// is not running and will not run again. The locks of two channels are never held together, and the registry
// of names is locked before a channel.
#ifndef LODE_CHANNEL_H
#define LODE_CHANNEL_H

#include "modules/worker_threads/parcel.h"

typedef struct lode_channel_end lode_channel_end;

void lode_channel_pair(lode_channel_end *ends[2]);
lode_channel_end *lode_channel_join(const char *name); // an end of the process's channel of that name

// Gives the parcel to all other ends, and answers how many there were.
unsigned lode_channel_post(lode_channel_end *end, lode_parcel *parcel_take);
// The same from outside, by name. 0 also where there is no such channel.
unsigned lode_channel_post_to(const char *name, lode_parcel *parcel_take);
// The first parcel that waits here, or NULL. With only_close, nothing but the news that the other end is
// gone, and only where nothing waits before that.
lode_parcel *lode_channel_take(lode_channel_end *end, bool only_close);
unsigned lode_channel_waiting(lode_channel_end *end);
bool lode_channel_same(const lode_channel_end *a, const lode_channel_end *b);

// Wakes at once where something waits already.
void lode_channel_listen(lode_channel_end *end, void (*wake)(void *), void *arg);
void lode_channel_sleep(lode_channel_end *end);
// Leaves the channel and frees the end with what waits there. The other end of a pair learns of it.
void lode_channel_close(lode_channel_end *end);
// The same without a word: what is posted at the other end from now on goes nowhere.
void lode_channel_forget(lode_channel_end *end);

#endif
