// The bytes of france.bin, as a read-only object of the program. FRANCE_BIN is the path, given by CMakeLists.txt.
#if defined(__APPLE__)
#define SYMBOL(name) _##name
  .const_data
#else
#define SYMBOL(name) name
  .section .rodata
#endif
  .balign 16
  .globl SYMBOL(maillage_builtin_france_begin)
SYMBOL(maillage_builtin_france_begin):
  .incbin FRANCE_BIN
  .globl SYMBOL(maillage_builtin_france_end)
SYMBOL(maillage_builtin_france_end):
  .byte 0
#if defined(__linux__) && defined(__ELF__)
  .section .note.GNU-stack,"",%progbits
#endif
