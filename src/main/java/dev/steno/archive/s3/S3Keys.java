package dev.steno.archive.s3;

import dev.steno.archive.DocumentName;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.TranscriptStem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Makes transcripts of a list of keys. What is not named as Steno names things is passed over. */
final class S3Keys {
    private S3Keys() {}

    /** One transcript for each stem that has a text, newest first. */
    static List<ListedTranscript> transcripts(S3Bucket bucket, List<S3Object> objects) {
        TreeMap<TranscriptStem, List<S3Object>> byStem = new TreeMap<>();
        for (S3Object object : objects) {
            name(bucket, object).ifPresent(name -> byStem.computeIfAbsent(name.stem(), stem -> new ArrayList<>())
                    .add(object));
        }
        List<ListedTranscript> transcripts = new ArrayList<>();
        byStem.descendingMap()
                .forEach((stem, its) -> transcript(bucket, stem, its).ifPresent(transcripts::add));
        return transcripts;
    }

    static Optional<DocumentName> name(S3Bucket bucket, S3Object object) {
        return object.key().startsWith(bucket.prefix())
                ? DocumentName.parse(object.key().substring(bucket.prefix().length()))
                : Optional.empty();
    }

    private static Optional<ListedTranscript> transcript(S3Bucket bucket, TranscriptStem stem, List<S3Object> objects) {
        Set<String> extensions = new HashSet<>();
        String version = "";
        for (S3Object object : objects) {
            String extension = name(bucket, object).orElseThrow().extension();
            extensions.add(extension);
            boolean isText = extension.equals(DocumentName.TEXT) && !extensions.contains(DocumentName.JSON);
            if (isText || extension.equals(DocumentName.JSON)) {
                version = revision(object.eTag());
            }
        }
        return extensions.contains(DocumentName.TEXT)
                ? Optional.of(new ListedTranscript(stem, version, extensions))
                : Optional.empty();
    }

    /** The entity tag without its quotes. */
    static String revision(String entityTag) {
        return entityTag == null ? "" : entityTag.replace("\"", "");
    }
}
