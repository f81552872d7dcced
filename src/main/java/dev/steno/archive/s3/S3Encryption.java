package dev.steno.archive.s3;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Asks S3 to encrypt each object that is stored, by {@code S3_ENCRYPTION} and {@code S3_KMS_KEY_ID}. A bucket encrypts
 * by its own default anyway; this is for policies that refuse requests without the header.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-s3-encryption.html">the header</a>
 */
final class S3Encryption implements ExecutionInterceptor {
    static final String KEY = "S3_ENCRYPTION";

    private static final String KMS_KEY = "S3_KMS_KEY_ID";
    private static final String BY_DEFAULT = "bucket-default";

    private final Optional<ServerSideEncryption> encryption;
    private final Optional<String> kmsKey;

    S3Encryption(Settings settings) {
        String word = word(settings);
        encryption = word.equals(BY_DEFAULT) ? Optional.empty() : Optional.of(ServerSideEncryption.fromValue(word));
        kmsKey = settings.text(KMS_KEY);
        if (kmsKey.isPresent() && !word.toLowerCase(Locale.ROOT).startsWith("aws:kms")) {
            throw new InvalidSettingException(
                    KMS_KEY, kmsKey.get(), "nothing, unless " + KEY + " is aws:kms or aws:kms:dsse");
        }
    }

    /** Without loading the SDK. */
    static void check(Settings settings) {
        word(settings);
    }

    private static String word(Settings settings) {
        return settings.choice(KEY, BY_DEFAULT, BY_DEFAULT, "AES256", "aws:kms", "aws:kms:dsse");
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        if (encryption.isPresent() && request instanceof PutObjectRequest put) {
            return put.toBuilder()
                    .serverSideEncryption(encryption.get())
                    .ssekmsKeyId(kmsKey.orElse(null))
                    .build();
        }
        if (encryption.isPresent() && request instanceof CreateMultipartUploadRequest upload) {
            return upload.toBuilder()
                    .serverSideEncryption(encryption.get())
                    .ssekmsKeyId(kmsKey.orElse(null))
                    .build();
        }
        return request;
    }
}
