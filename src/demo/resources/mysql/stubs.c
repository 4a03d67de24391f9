/*
 * Stand-ins for libaio.so.1 and libnuma.so.1. The MySQL servers of the tests are linked with both and call neither: they
 * are started without asynchronous input and output, and are told that there is one memory node. Not every machine has
 * the libraries, and Ubuntu 24.04 calls the first one libaio.so.1t64.
 *
 *   link="gcc -Os -s -fPIC -shared -nostdlib -fno-asynchronous-unwind-tables -Wl,--build-id=none -Wl,-z,noseparate-code"
 *   $link -DAIO  stubs.c -Wl,-soname,libaio.so.1  -Wl,--version-script=libaio.map  -o libaio.so.1
 *   $link -DNUMA stubs.c -Wl,-soname,libnuma.so.1 -Wl,--version-script=libnuma.map -o libnuma.so.1
 */
#define UNAVAILABLE (-38) /* -ENOSYS */

#ifdef AIO
int io_setup(void) { return UNAVAILABLE; }
int io_submit(void) { return UNAVAILABLE; }
int io_getevents(void) { return UNAVAILABLE; }
#endif

#ifdef NUMA
void *numa_all_nodes_ptr = 0;
int numa_available(void) { return -1; }
int numa_node_of_cpu(void) { return 0; }
void *numa_alloc_onnode(void) { return 0; }
void *numa_alloc_local(void) { return 0; }
void numa_free(void) {}
long mbind(void) { return UNAVAILABLE; }
long set_mempolicy(void) { return UNAVAILABLE; }
#endif
