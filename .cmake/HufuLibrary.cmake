# Helpers that every folder uses: one library a folder, one warnings target, one way to declare a test.

add_library(hufu_warnings INTERFACE)
target_compile_options(hufu_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wcast-align -Wformat=2 -Wimplicit-fallthrough -Wundef
  $<$<BOOL:${HUFU_WERROR}>:-Werror>)

add_library(hufu_hardening INTERFACE)
target_compile_options(hufu_hardening INTERFACE -fstack-protector-strong -fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=
  $<$<AND:$<CONFIG:Release>,$<NOT:$<BOOL:${HUFU_SANITIZE}>>>:-D_FORTIFY_SOURCE=2>)
target_link_options(hufu_hardening INTERFACE -Wl,-z,relro,-z,now)
if(HUFU_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  # g++ 12 warns of variants that its own instrumentation hides from it.
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_link_options(-fsanitize=address,undefined)
endif()
if(HUFU_SANITIZE_THREADS)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>) # Boost.Asio fences
  add_link_options(-fsanitize=thread)
endif()
if(HUFU_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# hufu_unity(<target> <count>): with HUFU_UNITY, so many of its sources are compiled together, and their headers read once. Not those of shield: one
# by one they show that each header stands alone (tests/layers), and constant time is checked on the code as it is compiled.
function(hufu_unity name count)
  if(HUFU_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${count})
    # g++ takes a class that one of the sources alone knows for one of a header, since it does not stand in the file that is compiled.
    target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

# hufu_library(<layer>_<folder> [SOURCES ...] [LINK ...] [PRIVATE_LINK ...])
# A folder sees the headers of those folders only that it links: each library brings an include root that
# holds nothing but itself, so an include without a link line does not compile.
function(hufu_library name)
  cmake_parse_arguments(A "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  file(RELATIVE_PATH here ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(root ${CMAKE_BINARY_DIR}/include/${name})
  get_filename_component(parent ${here} DIRECTORY)
  file(MAKE_DIRECTORY ${root}/${parent})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${here} SYMBOLIC)
  if(A_SOURCES)
    add_library(${name} STATIC ${A_SOURCES})
    target_include_directories(${name} PUBLIC ${root})
    target_link_libraries(${name} PUBLIC ${A_LINK} PRIVATE hufu_warnings hufu_hardening ${A_PRIVATE_LINK})
    if(NOT name MATCHES "^shield_")
      hufu_unity(${name} 8)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${root})
    target_link_libraries(${name} INTERFACE ${A_LINK})
  endif()
endfunction()

# Runs moc on each source that includes what moc makes of it ("x.moc"). AUTOMOC would besides look through all sources, find out the
# compiler's macros and compile a file without content: five seconds for each of the many tests.
function(hufu_own_moc name)
  foreach(source IN LISTS ARGN)
    get_filename_component(path ${source} ABSOLUTE)
    get_filename_component(base ${source} NAME_WE)
    file(STRINGS ${path} included REGEX "^#include \"${base}\\.moc\"")
    if(included)
      set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}_moc)
      file(MAKE_DIRECTORY ${folder})
      add_custom_command(OUTPUT ${folder}/${base}.moc COMMAND Qt6::moc -o ${folder}/${base}.moc ${path} DEPENDS ${path} VERBATIM)
      add_custom_target(${name}_${base}_moc DEPENDS ${folder}/${base}.moc) # of its own: as the test's it would wait for what that links
      add_dependencies(${name} ${name}_${base}_moc)
      target_include_directories(${name} PRIVATE ${folder})
    endif()
  endforeach()
endfunction()

# The tests, many and each with all the libraries in it, are linked by binutils' faster linker; what is shipped, by the usual one.
if(HUFU_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL GNU AND NOT HUFU_SANITIZE AND NOT HUFU_SANITIZE_THREADS)
  find_program(HUFU_GOLD ld.gold)
endif()

# hufu_test(<name> SOURCES ... LINK ... [LABELS ...] [TIMEOUT seconds] [AS_SHIPPED]): a Qt Test program, run by ctest. AS_SHIPPED: with
# the libraries' own flags, where the test instantiates what a header defines; the linker may take such code from the test for all.
function(hufu_test name)
  cmake_parse_arguments(A "AS_SHIPPED" "TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  hufu_own_moc(${name} ${A_SOURCES})
  if(NOT A_AS_SHIPPED)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>) # the libraries are optimised; the tests themselves compile in half the time
  endif()
  target_compile_definitions(${name} PRIVATE HUFU_VECTORS="${CMAKE_SOURCE_DIR}/tests/vectors" QT_NO_KEYWORDS)
  target_link_libraries(${name} PRIVATE ${A_LINK} tests_support Qt6::Test hufu_warnings hufu_hardening)
  if(HUFU_GOLD)
    target_link_options(${name} PRIVATE -fuse-ld=gold)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  if(NOT A_TIMEOUT)
    set(A_TIMEOUT 120)
  endif()
  if(HUFU_SANITIZE OR HUFU_SANITIZE_THREADS)
    math(EXPR A_TIMEOUT "5 * ${A_TIMEOUT}") # they slow a program down about as much
  endif()
  math(EXPR function_timeout "1000 * ${A_TIMEOUT}") # Qt Test ends a function after 300 s of its own accord
  # What could not be tested here is told as skipped, not as passed, though the rest of the program did.
  set_tests_properties(${name} PROPERTIES TIMEOUT ${A_TIMEOUT} LABELS "${A_LABELS}" SKIP_REGULAR_EXPRESSION "SKIPPED: "
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software;QTEST_FUNCTION_TIMEOUT=${function_timeout};${A_ENVIRONMENT}")
endfunction()
