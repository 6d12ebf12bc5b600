/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Transfer functions of the data flow: what an event, an edge and a return do
 * to a state.
 */
#ifndef JUDGE_TRANSFER_H
#define JUDGE_TRANSFER_H

#include "judge/flow.h"

/** transfer_event() - @st after event @event (index in facts.events). */
void transfer_event(struct flow *w, uint32_t event, struct flow_state *st);

/** transfer_edge() - @st along edge @e; false: the edge cannot be taken. */
bool transfer_edge(struct flow *w, const struct edge *e,
		   struct flow_state *st);

/** transfer_restrict() - the value of @var is known to be in @classes. */
void transfer_restrict(struct flow_state *st, uint32_t var, uint8_t classes);

/** transfer_return_classes() - what the return @ev can give; @var: the
 * pending variable or call that it returns, 0. */
uint8_t transfer_return_classes(struct flow *w, const struct event *ev,
				const struct flow_state *st, uint32_t *var);

#endif
