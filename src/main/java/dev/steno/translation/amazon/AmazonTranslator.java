package dev.steno.translation.amazon;

import dev.steno.translation.TranslationException;
import dev.steno.translation.TranslationException.Kind;
import dev.steno.translation.Translator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.translate.TranslateClient;
import software.amazon.awssdk.services.translate.model.DetectedLanguageLowConfidenceException;
import software.amazon.awssdk.services.translate.model.InternalServerException;
import software.amazon.awssdk.services.translate.model.InvalidRequestException;
import software.amazon.awssdk.services.translate.model.ServiceUnavailableException;
import software.amazon.awssdk.services.translate.model.TextSizeLimitExceededException;
import software.amazon.awssdk.services.translate.model.TooManyRequestsException;
import software.amazon.awssdk.services.translate.model.UnsupportedLanguagePairException;

/** {@code TranslateText}, one text a request: it takes no lists (docs.aws.amazon.com/translate, API_TranslateText). */
public final class AmazonTranslator implements Translator {
    /**
     * Variants that it tells apart (docs.aws.amazon.com/translate, what-is-languages); of others it knows the language.
     */
    private static final Set<String> VARIANTS = Set.of("zh-TW", "fr-CA", "pt-PT", "es-MX", "fa-AF");

    private final TranslateClient client;
    private final Executor executor;

    /** @param executor runs the requests, which block */
    public AmazonTranslator(TranslateClient client, Executor executor) {
        this.client = client;
        this.executor = executor;
    }

    @Override
    public String description() {
        return "Amazon Translate";
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public CompletionStage<List<String>> translate(List<String> texts, String source, String target) {
        try {
            return CompletableFuture.supplyAsync(() -> List.of(ask(texts.get(0), source, target)), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new TranslationException(Kind.PASSING, "The server takes no more tasks.", e));
        }
    }

    private String ask(String text, String source, String target) {
        try {
            return client.translateText(request ->
                            request.text(text).sourceLanguageCode(code(source)).targetLanguageCode(code(target)))
                    .translatedText();
        } catch (SdkException e) {
            throw new CompletionException(failure(e));
        }
    }

    /** Its code of a language: {@code en} for {@code en-US}. */
    static String code(String language) {
        int dash = language.indexOf('-');
        return VARIANTS.contains(language) || dash < 0 ? language : language.substring(0, dash);
    }

    static TranslationException failure(SdkException fault) {
        String message = "Amazon Translate: " + fault.getMessage();
        if (fault instanceof UnsupportedLanguagePairException
                || fault instanceof TextSizeLimitExceededException
                || fault instanceof DetectedLanguageLowConfidenceException
                || fault instanceof InvalidRequestException) {
            return new TranslationException(Kind.REFUSED, message, fault);
        }
        if (fault instanceof TooManyRequestsException
                || fault instanceof InternalServerException
                || fault instanceof ServiceUnavailableException) {
            return new TranslationException(Kind.PASSING, message, fault);
        }
        boolean denied = fault instanceof AwsServiceException answer && answer.statusCode() / 100 == 4;
        return denied
                ? new TranslationException(
                        Kind.LASTING, message + " Check the credentials and translate:TranslateText.", fault)
                : new TranslationException(Kind.PASSING, message, fault);
    }
}
