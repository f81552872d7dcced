package dev.steno.it;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests of the server that hears with the embedded recogniser, in one process, which starts it once. */
@Suite
@SelectPackages("dev.steno.it.listening")
@IncludeClassNamePatterns(".*IT")
class EmbeddedEngineServerIT {}
