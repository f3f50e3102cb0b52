/* The loopback interface of a new network namespace. */
#pragma once

#include "error.h"

int vs_loopback_up(struct vs_error *error);
