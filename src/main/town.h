// The demo town: made through the interface itself, as its people would, from demo/town.json.
#pragma once
#include "api/app.h"

// Makes what is missing of the town in `folder`; can be stopped and called again. ERR_NOT_FOUND without town.json.
Err  town_make(App *app, Str folder);
// The log-ins worth trying, on standard output.
void town_print_log_ins(Str folder);
