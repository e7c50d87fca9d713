# Functions that the folders' CMakeLists.txt share, and the flags every target of ours is compiled with.

add_library(maillage_warnings INTERFACE)
target_compile_options(maillage_warnings INTERFACE
  # -ffp-contract=off: a fused multiply-add would change last bits from one machine to another.
  -ffp-contract=off
  # -Wno-restrict: g++ 12 reports false positives on `"(" + std::to_string(n)`.
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wno-restrict
  $<$<BOOL:${MAILLAGE_WERROR}>:-Werror>)
if(MAILLAGE_SANITIZE)
  add_compile_options(-fsanitize=${MAILLAGE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${MAILLAGE_SANITIZE})
endif()

# maillage_sources(TARGET): the .cpp and .hpp files of the current folder belong to TARGET. A new file is a new source.
function(maillage_sources target)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  target_sources(${target} PRIVATE ${sources})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers})
endfunction()

# maillage_adapter(NAME libraries...): the current folder is the static library maillage_NAME over the engine.
function(maillage_adapter name)
  add_library(maillage_${name} STATIC)
  maillage_sources(maillage_${name})
  target_include_directories(maillage_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(maillage_${name} PUBLIC maillage_engine PRIVATE maillage_warnings ${ARGN})
  set_property(GLOBAL APPEND PROPERTY MAILLAGE_ADAPTER_TARGETS maillage_${name})
endfunction()
