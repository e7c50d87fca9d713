# Python's own JSON reader on files that a C++ test leaves.
add_test(NAME adapters.written_geojson COMMAND test_adapters --gtest_filter=WrittenGeoJson.*)
set_tests_properties(adapters.written_geojson PROPERTIES LABELS adapters FIXTURES_SETUP written_geojson ENVIRONMENT MAILLAGE_WRITE_FOR_READERS=1)
add_test(NAME adapters.independent_geojson COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/independent_geojson.py ${PROJECT_BINARY_DIR}/tests/written_geojson)
set_tests_properties(adapters.independent_geojson PROPERTIES LABELS adapters FIXTURES_REQUIRED written_geojson SKIP_RETURN_CODE 77)
