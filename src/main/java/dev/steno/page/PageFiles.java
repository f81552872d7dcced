package dev.steno.page;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of the deployed page. Scripts and styles also have an address with the build's name in it, below
 * {@code v/<build>/}, where browsers may keep them for good; documents refer to those.
 */
final class PageFiles {
    /** Documents name the folders of scripts and styles; modules name each other relative to themselves. */
    private static final Pattern REFERENCE = Pattern.compile("((?:src|href)=\")((?:js|css)/)");

    private static final Pattern SCRIPT = Pattern.compile("<script type=\"module\" src=\"(js/[\\w/-]+\\.js)\">");
    private static final Pattern IMPORT =
            Pattern.compile("^(?:import|export)\\b[^;\"(]*\"(\\.[\\w./-]+\\.js)\"", Pattern.MULTILINE);

    /** Servers protect these folders, too; each by its own reading of an address. */
    private static final Pattern NOT_SERVED =
            Pattern.compile("\\.\\.|//|\\\\|^/(?:WEB|META)-INF", Pattern.CASE_INSENSITIVE);

    private static final int BUILD_LENGTH = 12;

    private final ServletContext context;
    private final String build;
    /** By path. It only ever holds files that are there: a few dozen. */
    private final Map<String, PageFile> files = new ConcurrentHashMap<>();

    PageFiles(ServletContext context) throws IOException {
        this.context = context;
        Map<String, byte[]> code = new TreeMap<>();
        collect("/js/", code);
        collect("/css/", code);
        build = PageFile.hash(code.values().toArray(byte[][]::new)).substring(0, BUILD_LENGTH);
    }

    /** Of all scripts and styles: the same on every node that runs the same WAR. */
    String build() {
        return build;
    }

    Optional<PageFile> find(String path) throws IOException {
        PageFile known = files.get(path);
        if (known == null && PageFile.isKnown(path) && !NOT_SERVED.matcher(path).find()) {
            byte[] content = read(path);
            if (content != null) {
                known = new PageFile(path, path.endsWith(".html") ? withBuild(content) : content);
                files.put(path, known);
            }
        }
        return Optional.ofNullable(known);
    }

    private byte[] withBuild(byte[] document) throws IOException {
        return REFERENCE
                .matcher(withPreloads(PageFile.text(document)))
                .replaceAll("$1v/" + build + "/$2")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Names all modules that a script needs, or the browser would find them one wave of requests after another. */
    private String withPreloads(String document) throws IOException {
        Matcher script = SCRIPT.matcher(document);
        if (!script.find()) {
            return document;
        }
        Set<String> modules = new LinkedHashSet<>();
        addImports(URI.create("/" + script.group(1)), modules);
        String links = modules.stream()
                .map(module -> "<link rel=\"modulepreload\" href=\"" + module.substring(1) + "\" />\n    ")
                .collect(Collectors.joining());
        return document.substring(0, script.start()) + links + document.substring(script.start());
    }

    private void addImports(URI module, Set<String> found) throws IOException {
        byte[] code = read(module.getPath());
        Matcher imported = IMPORT.matcher(code == null ? "" : PageFile.text(code));
        while (imported.find()) {
            URI other = module.resolve(imported.group(1));
            if (found.add(other.getPath())) {
                addImports(other, found);
            }
        }
    }

    private void collect(String folder, Map<String, byte[]> found) throws IOException {
        Set<String> names = context.getResourcePaths(folder);
        List<String> sorted = new ArrayList<>(names == null ? Set.of() : names);
        Collections.sort(sorted);
        for (String name : sorted) {
            if (name.endsWith("/")) {
                collect(name, found);
            } else {
                found.put(name, read(name));
            }
        }
    }

    private byte[] read(String path) throws IOException {
        try (InputStream file = context.getResourceAsStream(path)) {
            return file == null ? null : file.readAllBytes();
        }
    }
}
