// What the page is made of, as read-only objects of the program. The paths are given by CMakeLists.txt.
#if defined(__APPLE__)
#define SYMBOL(name) _##name
  .const_data
#else
#define SYMBOL(name) name
  .section .rodata
#endif
#define ASSET(name, file) \
  .globl SYMBOL(maillage_##name##_begin) ; \
  SYMBOL(maillage_##name##_begin): ; \
  .incbin file ; \
  .globl SYMBOL(maillage_##name##_end) ; \
  SYMBOL(maillage_##name##_end): ; \
  .byte 0

  ASSET(page_js, PAGE_JS)
  ASSET(page_css, PAGE_CSS)
  ASSET(page_html, PAGE_HTML)
  ASSET(page_licences, PAGE_LICENCES)
#if defined(__linux__) && defined(__ELF__)
  .section .note.GNU-stack,"",%progbits
#endif
