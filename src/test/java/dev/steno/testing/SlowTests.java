package dev.steno.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Names, at the end of {@code ./mvnw verify}, the test classes that took longest, by what Maven reported of them. */
public final class SlowTests {
    private static final int NAMED = 15;

    private SlowTests() {}

    /** @param longest the method that took most of it */
    private record TestClass(String name, int tests, double seconds, String longest, double longestSeconds) {}

    /** @param arguments the build's folder, and when the build began */
    public static void main(String[] arguments) throws IOException, ParserConfigurationException, SAXException {
        FileTime began = FileTime.from(Instant.parse(arguments[1]));
        List<TestClass> classes = new ArrayList<>();
        for (String kind : List.of("surefire-reports", "failsafe-reports")) {
            read(Path.of(arguments[0], kind), began, classes);
        }
        if (classes.isEmpty()) {
            return;
        }
        classes.sort(Comparator.comparingDouble(TestClass::seconds).reversed());
        System.out.println("The slowest tests:");
        classes.stream()
                .filter(each -> each.tests() > 0) // a suite's tests are in the reports of its classes
                .limit(NAMED)
                .map(each -> String.format(
                        "%6.1f s  %s (%d tests; %.1f s: %s)",
                        each.seconds(), each.name(), each.tests(), each.longestSeconds(), each.longest()))
                .forEach(System.out::println);
    }

    private static void read(Path folder, FileTime began, List<TestClass> classes)
            throws IOException, ParserConfigurationException, SAXException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
            for (Path report : reports) {
                if (Files.getLastModifiedTime(report).compareTo(began) < 0) {
                    continue; // of an earlier build
                }
                classes.add(testClass(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(report.toFile())
                        .getDocumentElement()));
            }
        }
    }

    private static TestClass testClass(Element suite) {
        NodeList cases = suite.getElementsByTagName("testcase");
        String longest = "";
        double longestSeconds = 0;
        for (int i = 0; i < cases.getLength(); i++) {
            Element each = (Element) cases.item(i);
            if (seconds(each) > longestSeconds) {
                longest = each.getAttribute("name");
                longestSeconds = seconds(each);
            }
        }
        return new TestClass(suite.getAttribute("name"), cases.getLength(), seconds(suite), longest, longestSeconds);
    }

    private static double seconds(Element timed) {
        return Double.parseDouble(timed.getAttribute("time").replace(",", ""));
    }
}
