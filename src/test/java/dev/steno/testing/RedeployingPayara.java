package dev.steno.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A program: Payara Micro on 127.0.0.1, which deploys the WAR at {@code /} anew for each line that it reads. By
 * reflection, because Payara's classes are in a jar that no build needs.
 */
public final class RedeployingPayara {
    private static final String NAME = "steno";
    private static final String DEPLOYED = "Deployment number ";

    private RedeployingPayara() {}

    /** What the output holds after the deployment of this number, from 1 on. */
    public static String deployed(int number) {
        return DEPLOYED + number + ".";
    }

    /** @param folder of the server; must not exist yet */
    public static ProcessBuilder command(Path payara, Path war, int port, Path folder) throws IOException {
        String classes =
                payara + File.pathSeparator + Path.of("target/test-classes").toAbsolutePath();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(openPackages(payara));
        command.addAll(List.of("-cp", classes, RedeployingPayara.class.getName()));
        command.addAll(List.of(war.toString(), Integer.toString(port), folder.toString()));
        return new ProcessBuilder(command);
    }

    /** Java reads these lines of a manifest only where a jar is started by {@code -jar}. */
    private static List<String> openPackages(Path payara) throws IOException {
        try (JarFile jar = new JarFile(payara.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            return Stream.of("Add-Opens", "Add-Exports")
                    .flatMap(name -> Stream.of(manifest.getValue(name).split(" ", -1))
                            .map(known -> "--" + name.toLowerCase(Locale.ROOT) + "=" + known + "=ALL-UNNAMED"))
                    .toList();
        }
    }

    public static void main(String[] arguments) throws Exception {
        File war = new File(arguments[0]);
        Object server = start(Integer.parseInt(arguments[1]), Files.createDirectory(Path.of(arguments[2])));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int number = 1;
        do {
            if (!(boolean) call(server, "deploy", NAME, "/", war)) {
                throw new IllegalStateException("Deployment " + number + " failed.");
            }
            System.out.println(deployed(number++));
            if (lines.readLine() == null) {
                break;
            }
            call(server, "undeploy", NAME);
        } while (true);
        call(server, "shutdown");
    }

    private static Object start(int port, Path folder) throws Exception {
        Object boot = Class.forName("fish.payara.micro.PayaraMicro")
                .getMethod("getInstance")
                .invoke(null);
        Consumer<Object> loopback = runner -> {
            try {
                method(runner, "run", String.class, String[].class).invoke(runner, "set", new String[] {
                    "configs.config.server-config.network-config.network-listeners.network-listener"
                            + ".http-listener.address=127.0.0.1"
                });
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        };
        set(boot, "setNoCluster", boolean.class, true);
        set(boot, "setNoHazelcast", boolean.class, true);
        set(boot, "setMaxHttpThreads", int.class, 32);
        set(boot, "setHttpPort", int.class, port);
        set(boot, "setRootDir", File.class, folder.toFile());
        set(boot, "setPreBootHandler", Consumer.class, loopback);
        return call(boot, "bootStrap");
    }

    private static void set(Object boot, String name, Class<?> type, Object value) throws Exception {
        method(boot, name, type).invoke(boot, value);
    }

    private static Object call(Object object, String name, Object... arguments) throws Exception {
        Class<?>[] types = List.of(arguments).stream().map(Object::getClass).toArray(Class<?>[]::new);
        try {
            return method(object, name, types).invoke(object, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(name, e.getCause());
        }
    }

    /** Of a public interface, because Payara's classes behind it are not public. */
    private static Method method(Object object, String name, Class<?>... types) throws NoSuchMethodException {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> known : type.getInterfaces()) {
                try {
                    return known.getMethod(name, types);
                } catch (NoSuchMethodException e) {
                    // of another one
                }
            }
        }
        return object.getClass().getMethod(name, types);
    }
}
