package dev.steno.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartParserTest {
    private static final String TYPE = "multipart/form-data; boundary=----x";
    private static final String FORM = part("model", "whisper-1")
            + "\r\n------x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\\\"b.wav\"\r\n"
            + "Content-Type: audio/wav\r\n\r\n"
            + "RIFF\r\n\r\n------\r\n------y\r------x\r\n-----\r\n" // nearly the boundary, again and again
            + "\r\n" + part("empty", "").substring(2) + "\r\n------x--\r\nepilogue ------x";

    private static String part(String name, String value) {
        return "\r\n------x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
    }

    /** What was heard, each part as {@code name/file name=content}. */
    private static final class Heard implements MultipartParser.Parts {
        final List<String> parts = new ArrayList<>();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private PartHeader header;

        @Override
        public void begin(PartHeader begun) {
            assertThat(header).isNull();
            header = begun;
            content.reset();
        }

        @Override
        public void content(byte[] bytes, int from, int length) {
            assertThat(length).isPositive();
            content.write(bytes, from, length);
        }

        @Override
        public void end() {
            parts.add(header.name() + "/" + header.fileName().orElse("-") + "="
                    + content.toString(StandardCharsets.UTF_8));
            header = null;
        }
    }

    private static List<String> parse(String type, String body, int... cuts) throws Exception {
        Heard heard = new Heard();
        MultipartParser parser = new MultipartParser(type, heard);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        for (int cut : cuts) {
            parser.take(bytes, from, cut - from);
            from = cut;
        }
        parser.take(bytes, from, bytes.length - from);
        parser.end();
        return heard.parts;
    }

    private static final String[] PARTS = {
        "model/-=whisper-1", "file/a\"b.wav=RIFF\r\n\r\n------\r\n------y\r------x\r\n-----\r\n", "empty/-="
    };

    @Test
    void finds_the_parts_wherever_the_body_is_cut() throws Exception {
        int length = FORM.length();
        assertThat(parse(TYPE, FORM)).containsExactly(PARTS);
        for (int cut = 0; cut <= length; cut++) {
            assertThat(parse(TYPE, FORM, cut)).as("cut at " + cut).containsExactly(PARTS);
        }
        int[] everywhere = new int[length];
        for (int i = 0; i < length; i++) {
            everywhere[i] = i;
        }
        assertThat(parse(TYPE, FORM, everywhere)).containsExactly(PARTS);
    }

    @Test
    void finds_the_parts_of_other_clients() throws Exception {
        String body =
                "preamble\r\n--a b  \r\ncontent-disposition:form-data; filename*=UTF-8''na%C3%AFve%20%2B.wav; name=file\r\n"
                        + "\r\n1\r\n--a b\r\nX: y\r\nContent-Disposition: form-data;\r\n name=\"two\"\r\n\r\n2\r\n--a b--";
        assertThat(parse("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"; x=y", body))
                .containsExactly("file/naïve +.wav=1", "two/-=2");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "application/json",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/mixed; boundary=x",
                "multipart/form-data; xboundary=x"
            })
    void refuses_a_body_without_a_boundary(String type) {
        assertThatThrownBy(() -> parse(type, FORM))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> assertThat(e.status())
                        .isEqualTo(415));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no boundary at all",
                "--x",
                "--x\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--x",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--x-",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--xx--",
                "--xjunk\r\n",
                "--x\r\n\r\nno name\r\n--x--",
                "--x\r\nContent-Type: text/plain\r\n\r\nno name\r\n--x--",
                "--x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nv\r\n--x--",
                "--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\nv\r\n--x--"
            })
    void refuses_what_is_cut_off_or_makes_no_sense(String body) {
        assertThatThrownBy(() -> parse("multipart/form-data; boundary=x", body))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.json()).contains("\"type\":\"invalid_request_error\"");
                });
    }

    @Test
    void refuses_headers_without_end_and_parts_without_number() {
        String huge = "--x\r\nContent-Disposition: form-data; name=\"" + "a".repeat(10_000) + "\"\r\n\r\nv\r\n--x--";
        assertThatThrownBy(() -> parse("multipart/form-data; boundary=x", huge))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("8192");
        String many = "\r\n--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1".repeat(65) + "\r\n--x--";
        assertThatThrownBy(() -> parse("multipart/form-data; boundary=x", many))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("64 parts");
    }

    @Test
    void throws_nothing_else_whatever_comes() throws IOException {
        Random random = new Random(7);
        String alphabet = "\r\n-x:;=\"ab form-data";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder body = new StringBuilder(random.nextBoolean() ? "--x\r\n" : "");
            for (int at = random.nextInt(60); at > 0; at--) {
                body.append(
                        random.nextInt(8) == 0 ? "\r\n--x" : "" + alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                parse("multipart/form-data; boundary=x", body.toString());
            } catch (RefusedRequestException e) {
                assertThat(e.getMessage()).isNotEmpty();
            } catch (Exception e) {
                throw new AssertionError("for " + body, e);
            }
        }
    }
}
