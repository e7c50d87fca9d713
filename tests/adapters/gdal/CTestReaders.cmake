# Readers that share no code with GDAL, and QGIS, on files that a C++ test leaves.
find_program(SYSTEM_PYTHON3 python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SYSTEM_PYTHON3)
  add_test(NAME adapters.written_files COMMAND test_adapters --gtest_filter=WrittenFiles.*)
  set_tests_properties(adapters.written_files PROPERTIES LABELS adapters FIXTURES_SETUP written_files)
  add_test(NAME adapters.independent_readers COMMAND ${SYSTEM_PYTHON3} ${CMAKE_CURRENT_LIST_DIR}/independent_readers.py ${PROJECT_BINARY_DIR}/tests/written)
  set_tests_properties(adapters.independent_readers PROPERTIES LABELS adapters FIXTURES_REQUIRED written_files SKIP_RETURN_CODE 77)
endif()
