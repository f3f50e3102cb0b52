/* Checks and conversions of short texts; none allocates, none reads beyond the NUL. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Decimal digits only, no sign, no blank, at most limit; negative errno otherwise. */
int vs_text_number(const char *text, uint64_t limit, uint64_t *ret_number);

/* Absolute, with no component "." or ".."; doubled slashes are let through. */
bool vs_text_is_plain_path(const char *path);

/* [a-z0-9][a-z0-9_.-]{0,62}: what a guest can be called. */
bool vs_text_is_name(const char *text);

/* [A-Za-z0-9][A-Za-z0-9_.-]{0,63}: what a store's id can be. */
bool vs_text_is_store_id(const char *text);

/* What the kernel takes as a host name: 1 to 64 letters, digits, dots and dashes. */
bool vs_text_is_hostname(const char *text);

/* The text after the last slash. */
const char *vs_text_base(const char *path);
