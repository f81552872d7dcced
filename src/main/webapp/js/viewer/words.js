/** The viewer page's own words, in the reader's language: few enough that all languages are here. */

/** @type {Record<string, Record<string, string>>} */
export const TABLES = {
  en: {
    title: "Live captions",
    captions: "Captions",
    settings: "Settings",
    size: "Text size",
    smaller: "Smaller text",
    larger: "Larger text",
    colours: "Colours",
    auto: "As this device",
    light: "Light",
    dark: "Dark",
    contrast: "High contrast",
    translation: "Translation",
    original: "Original only",
    download: "Download",
    "download-text": "Download .txt",
    empty: "Captions appear here as soon as somebody speaks.",
    end: "End",
    newest: "Newest caption",
    connecting: "Connecting",
    waiting: "Waiting for the speaker",
    streaming: "Live",
    paused: "Paused",
    reconnecting: "The speech recognition reconnects",
    ended: "Ended",
    lost: "Connection lost, trying again",
    saved: "The recording has ended.",
    unshared: "The speaker no longer shares this recording.",
    gone: "This link is no longer in force.",
    unknown: "There is no such link. Ask for a new one.",
  },
  de: {
    title: "Live-Untertitel",
    captions: "Untertitel",
    settings: "Einstellungen",
    size: "Schriftgröße",
    smaller: "Kleinere Schrift",
    larger: "Größere Schrift",
    colours: "Farben",
    auto: "Wie dieses Gerät",
    light: "Hell",
    dark: "Dunkel",
    contrast: "Hoher Kontrast",
    translation: "Übersetzung",
    original: "Nur Original",
    download: "Herunterladen",
    "download-text": ".txt herunterladen",
    empty: "Hier erscheinen Untertitel, sobald jemand spricht.",
    end: "Ende",
    newest: "Neuester Untertitel",
    connecting: "Verbindung wird aufgebaut",
    waiting: "Warten auf den Sprecher",
    streaming: "Live",
    paused: "Pause",
    reconnecting: "Die Spracherkennung verbindet sich neu",
    ended: "Beendet",
    lost: "Verbindung verloren, neuer Versuch",
    saved: "Die Aufnahme ist beendet.",
    unshared: "Der Sprecher teilt diese Aufnahme nicht mehr.",
    gone: "Dieser Link gilt nicht mehr.",
    unknown: "Diesen Link gibt es nicht. Bitten Sie um einen neuen.",
  },
  es: {
    title: "Subtítulos en directo",
    captions: "Subtítulos",
    settings: "Ajustes",
    size: "Tamaño del texto",
    smaller: "Texto más pequeño",
    larger: "Texto más grande",
    colours: "Colores",
    auto: "Como este dispositivo",
    light: "Claro",
    dark: "Oscuro",
    contrast: "Alto contraste",
    translation: "Traducción",
    original: "Solo el original",
    download: "Descargar",
    "download-text": "Descargar .txt",
    empty: "Los subtítulos aparecen aquí en cuanto alguien habla.",
    end: "Fin",
    newest: "Último subtítulo",
    connecting: "Conectando",
    waiting: "Esperando a quien habla",
    streaming: "En directo",
    paused: "En pausa",
    reconnecting: "El reconocimiento de voz se vuelve a conectar",
    ended: "Terminado",
    lost: "Conexión perdida, se intenta de nuevo",
    saved: "La grabación ha terminado.",
    unshared: "Esta grabación ya no se comparte.",
    gone: "Este enlace ya no es válido.",
    unknown: "Este enlace no existe. Pide uno nuevo.",
  },
  fr: {
    title: "Sous-titres en direct",
    captions: "Sous-titres",
    settings: "Réglages",
    size: "Taille du texte",
    smaller: "Texte plus petit",
    larger: "Texte plus grand",
    colours: "Couleurs",
    auto: "Comme cet appareil",
    light: "Clair",
    dark: "Sombre",
    contrast: "Contraste élevé",
    translation: "Traduction",
    original: "Original seul",
    download: "Télécharger",
    "download-text": "Télécharger .txt",
    empty: "Les sous-titres apparaissent ici dès que quelqu’un parle.",
    end: "Fin",
    newest: "Dernier sous-titre",
    connecting: "Connexion",
    waiting: "En attente de l’orateur",
    streaming: "En direct",
    paused: "En pause",
    reconnecting: "La reconnaissance vocale se reconnecte",
    ended: "Terminé",
    lost: "Connexion perdue, nouvel essai",
    saved: "L’enregistrement est terminé.",
    unshared: "Cet enregistrement n’est plus partagé.",
    gone: "Ce lien n’est plus valable.",
    unknown: "Ce lien n’existe pas. Demandez-en un nouveau.",
  },
  ar: {
    title: "نص مباشر",
    captions: "النص",
    settings: "الإعدادات",
    size: "حجم الخط",
    smaller: "خط أصغر",
    larger: "خط أكبر",
    colours: "الألوان",
    auto: "مثل هذا الجهاز",
    light: "فاتح",
    dark: "داكن",
    contrast: "تباين عالٍ",
    translation: "الترجمة",
    original: "الأصل فقط",
    download: "تنزيل",
    "download-text": "تنزيل ‎.txt",
    empty: "يظهر النص هنا حالما يتحدث أحد.",
    end: "النهاية",
    newest: "أحدث نص",
    connecting: "جارٍ الاتصال",
    waiting: "في انتظار المتحدث",
    streaming: "مباشر",
    paused: "متوقف مؤقتًا",
    reconnecting: "يُعاد الاتصال بالتعرّف على الكلام",
    ended: "انتهى",
    lost: "انقطع الاتصال، تجري إعادة المحاولة",
    saved: "انتهى التسجيل.",
    unshared: "لم يعد هذا التسجيل مشاركًا.",
    gone: "لم يعد هذا الرابط صالحًا.",
    unknown: "لا يوجد رابط كهذا. اطلب رابطًا جديدًا.",
  },
};

const RIGHT_TO_LEFT = ["ar"];

let language = "en";

/** @param {string} key */
export function word(key) {
  return TABLES[language][key] ?? key;
}

/**
 * Writes the words into the elements with a key in `data-word`, or for their label in `data-word-label`, in the first
 * of the browser's languages that there is a table for.
 */
export function writeWords() {
  language = navigator.languages.map((code) => code.slice(0, 2).toLowerCase()).find((code) => code in TABLES) ?? language;
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
  document.title = word("title");
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word], [data-word-label]"))) {
    const { word: text, wordLabel: label } = element.dataset;
    if (text) {
      element.textContent = word(text);
    }
    if (label) {
      element.ariaLabel = word(label);
    }
  }
}
