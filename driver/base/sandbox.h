/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A cage for a child process: it may read everything, write below one
 * directory, and open no network socket. For base/proc.c only.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>

struct sandbox;

/**
 * sandbox_new() - make a cage ready; @dir (may be NULL) stays writable.
 *
 * Return: NULL when this kernel cannot do it.
 */
struct sandbox *sandbox_new(const char *dir);
void sandbox_free(struct sandbox *s);

/**
 * sandbox_enter() - shut the calling process in. System calls only: may be
 * called between vfork() and exec. A step that fails is skipped.
 */
void sandbox_enter(struct sandbox *s);

/** sandbox_entered() - did every step of the last sandbox_enter() work? */
bool sandbox_entered(const struct sandbox *s);

#endif
