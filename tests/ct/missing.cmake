# A test in the place of the checks that a machine without the package cannot make.
message(FATAL_ERROR "the constant-time checks need the package ${PACKAGE}: apt-get install ${PACKAGE}")
