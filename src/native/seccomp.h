/* The system calls that a guest's processes may make: those of syscalls.allow, some of them with some arguments only. */
#pragma once

#include "error.h"

#include <stddef.h>
#include <stdint.h>

/* One calling convention of the machine, with its own numbers. */
struct vs_syscalls {
	/* AUDIT_ARCH_* of it. */
	uint32_t architecture;
	/* Numbers that are let through, in no order. */
	const uint32_t *allowed;
	size_t count;
	/* Those whose arguments are looked at. */
	uint32_t socket;
	uint32_t socketpair;
	uint32_t ioctl;
	uint32_t clone;
	uint32_t unshare;
	uint32_t personality;
	/* Told to be missing, since what they do is behind a pointer that can't be looked at; UINT32_MAX where there is none. */
	uint32_t clone3;
	uint32_t socketcall;
};

extern const struct vs_syscalls vs_syscalls_native;
#ifdef __x86_64__
extern const struct vs_syscalls vs_syscalls_i386;
#endif

/*
 * Puts this process and all it will start under the filter. CAP_SYS_ADMIN in its user namespace is needed, since
 * no_new_privs would take setuid programs from the guest.
 */
int vs_seccomp_enter(struct vs_error *error);
