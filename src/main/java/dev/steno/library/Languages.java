package dev.steno.library;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * How words of a language become terms: by its stems where Lucene knows them, else as they are. Stop words stay,
 * because people search for phrases as they were said.
 */
final class Languages {
    private static final String FIELD = "text_";
    private static final String OTHER = "und";
    private static final Map<String, Supplier<Analyzer>> ANALYZERS = analyzers();

    private Languages() {}

    private static Map<String, Supplier<Analyzer>> analyzers() {
        Map<String, Supplier<Analyzer>> all = new HashMap<>();
        add(all, ArabicAnalyzer::new, "ar");
        add(all, BasqueAnalyzer::new, "eu");
        add(all, BulgarianAnalyzer::new, "bg");
        add(all, CatalanAnalyzer::new, "ca");
        add(all, CJKAnalyzer::new, "zh", "ja", "ko");
        add(all, CzechAnalyzer::new, "cs");
        add(all, DanishAnalyzer::new, "da");
        add(all, DutchAnalyzer::new, "nl");
        add(all, EnglishAnalyzer::new, "en");
        add(all, EstonianAnalyzer::new, "et");
        add(all, FinnishAnalyzer::new, "fi");
        add(all, FrenchAnalyzer::new, "fr");
        add(all, GalicianAnalyzer::new, "gl");
        add(all, GermanAnalyzer::new, "de");
        add(all, GreekAnalyzer::new, "el");
        add(all, HindiAnalyzer::new, "hi");
        add(all, HungarianAnalyzer::new, "hu");
        add(all, ArmenianAnalyzer::new, "hy");
        add(all, IndonesianAnalyzer::new, "id");
        add(all, ItalianAnalyzer::new, "it");
        add(all, LatvianAnalyzer::new, "lv");
        add(all, LithuanianAnalyzer::new, "lt");
        add(all, NorwegianAnalyzer::new, "no", "nb", "nn");
        add(all, PersianAnalyzer::new, "fa");
        add(all, PortugueseAnalyzer::new, "pt");
        add(all, RomanianAnalyzer::new, "ro");
        add(all, RussianAnalyzer::new, "ru");
        add(all, SerbianAnalyzer::new, "sr");
        add(all, SpanishAnalyzer::new, "es");
        add(all, SwedishAnalyzer::new, "sv");
        add(all, TamilAnalyzer::new, "ta");
        add(all, TeluguAnalyzer::new, "te");
        add(all, ThaiAnalyzer::new, "th");
        add(all, TurkishAnalyzer::new, "tr");
        add(all, StandardAnalyzer::new, OTHER);
        return all;
    }

    private static void add(
            Map<String, Supplier<Analyzer>> all, Function<CharArraySet, Analyzer> make, String... languages) {
        for (String language : languages) {
            all.put(language, () -> make.apply(CharArraySet.EMPTY_SET));
        }
    }

    /** The field for the words of a language, by its BCP 47 code. */
    static String field(String languageCode) {
        String language = languageCode.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        return FIELD + (ANALYZERS.containsKey(language) ? language : OTHER);
    }

    static boolean isField(String name) {
        return name.startsWith(FIELD);
    }

    /** A new one; it is to be kept, because it is costly to make. */
    static Analyzer analyzer(String field) {
        return ANALYZERS
                .getOrDefault(field.substring(FIELD.length()), ANALYZERS.get(OTHER))
                .get();
    }
}
