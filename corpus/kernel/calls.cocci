// SPDX-License-Identifier: GPL-2.0-only
/// Every call by name, as Coccinelle sees it: the reader's oracle.
// Confidence: High
// Options: --no-includes --include-headers

@call@
identifier f;
position p;
@@
f@p(...)

@script:python depends on call@
p << call.p;
f << call.f;
@@
for q in p:
    print("%s\t%s\t%s\t%s" % (q.file, q.line, f, q.current_element))
