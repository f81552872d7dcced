package dev.steno.it;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests of the server that has callers with tokens, in one process, which starts it once. */
@Suite
@SelectPackages("dev.steno.it.signedin")
@IncludeClassNamePatterns(".*IT")
class SignedInServerIT {}
