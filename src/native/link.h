/* A guest's link to a network: a pair of interfaces, one inside, one a port of the network's bridge on the host. */
#pragma once

#include "error.h"
#include "request.h"

#include <stdbool.h>
#include <sys/types.h>

/* Kernel's IFNAMSIZ without the NUL. */
#define VS_LINK_NAME 15

struct vs_link {
	/* The host's end, and the name of the guest's own tables of rules; NULL: no link. */
	const char *port;
	const char *bridge;
	/* Of the guest's end. */
	unsigned char mac[6];
	/* ADDRESS/LENGTH, and the way out of each family; NULL-terminated. */
	char **addresses;
	char **gateways;
};

/* To be freed by vs_link_free. */
int vs_link_read(const struct vs_request *request, struct vs_link *ret_link, struct vs_error *error);
void vs_link_free(struct vs_link *link);

/* Makes the pair, with the guest's end in the namespace of a child of ours. What an earlier life of the guest left is taken away first. */
int vs_link_attach(const struct vs_link *link, pid_t guest, struct vs_error *error);

/* Gives the guest's end its addresses and the way out; called inside. */
int vs_link_configure(const struct vs_link *link, struct vs_error *error);

/* Takes the pair away, and the guest's own tables of rules; what is gone is no failure. */
void vs_link_remove(const char *port);
