package dev.steno.recognition.realtime;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Languages that a recording may ask for. The protocol has no list: these are the ones that OpenAI names for its
 * models, with the countries that other engines tell apart. Whether the server's model knows one, only it can say.
 *
 * @see <a href="https://developers.openai.com/api/docs/guides/speech-to-text">OpenAI, supported languages</a>
 */
final class RealtimeLanguages {
    private static final String CODES =
            "af ar hy az be bs bg ca zh hr cs da nl en et fi fr gl de el he hi hu is id it ja kn "
                    + "kk ko lv lt mk ms mr mi ne no fa pl pt ro ru sr sk sl es sw sv tl ta th tr uk ur vi cy "
                    + "af-ZA ar-AE ar-EG ar-SA hy-AM az-AZ be-BY bs-BA bg-BG ca-ES zh-CN zh-HK zh-TW hr-HR cs-CZ da-DK nl-BE "
                    + "nl-NL en-AB en-AU en-CA en-GB en-IE en-IN en-NZ en-US en-WL en-ZA et-EE et-ET fi-FI fr-BE fr-CA fr-CH fr-FR gl-ES "
                    + "de-AT de-CH de-DE el-GR he-IL hi-IN hu-HU is-IS id-ID it-CH it-IT ja-JP kn-IN kk-KZ ko-KR lv-LV lt-LT mk-MK "
                    + "ms-MY mr-IN mi-NZ ne-NP no-NO fa-AF fa-IR pl-PL pt-BR pt-PT ro-RO ru-RU sr-RS sk-SK sl-SI es-ES es-MX es-US "
                    + "sw-BI sw-KE sw-RW sw-TZ sw-UG sv-SE tl-PH ta-IN th-TH tr-TR uk-UA ur-PK vi-VN cy-GB cy-WL";

    static final Set<String> ALL = Collections.unmodifiableSet(new TreeSet<>(Arrays.asList(CODES.split(" ", -1))));

    private RealtimeLanguages() {}
}
