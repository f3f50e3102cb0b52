/* Asking the kernel for network things: one message at a time, each answered. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Room for the longest message we send: a pair of links with names and hardware address. */
#define VS_MESSAGE_SIZE 512

struct vs_message {
	_Alignas(4) unsigned char bytes[VS_MESSAGE_SIZE];
	size_t length;
};

/* A socket in the network namespace of the caller, or the negative errno. */
int vs_netlink_open(int protocol);

/* Begins a message with the header of its family behind netlink's own. It is always answered. */
void vs_message_begin(struct vs_message *message, uint16_t type, uint16_t flags, const void *head, size_t size);

/* Adds an attribute; what does not fit makes the message be refused. */
void vs_message_add(struct vs_message *message, uint16_t type, const void *value, size_t size);
void vs_message_add_text(struct vs_message *message, uint16_t type, const char *text);

/* Begins an attribute that holds others, behind a header that may be empty; ended by what is returned. */
size_t vs_message_nest(struct vs_message *message, uint16_t type, const void *head, size_t size);
void vs_message_end(struct vs_message *message, size_t nest);

/* Sends count messages as one and waits for the answer to the first that asked for one; 0 or the negative errno. */
int vs_netlink_ask(int fd, struct vs_message *messages, size_t count);
