// The callbacks that net.c gives to the library. Private to net/.
#pragma once
#include <microhttpd.h>

void *request_on_target(void *net, const char *target, struct MHD_Connection *mhd);
enum MHD_Result request_on_access(void *net, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *n, void **request);
void request_on_completed(void *net, struct MHD_Connection *mhd, void **request, enum MHD_RequestTerminationCode how);
void request_on_connection(void *net, struct MHD_Connection *mhd, void **socket_context,
                           enum MHD_ConnectionNotificationCode what);
