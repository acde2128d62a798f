"""Furniture is known by its wording in every language that the lists promise: one line of each kind in each."""

import pytest

from flows.clean.blocks import split_blocks
from flows.clean.lexicon import CleanLexicon
from flows.clean.wording import BIT, read_wording
from flows.clean.words import find_words

LINES = {
    "en": "Share this article|5 min read|Read more|You may also like|Sign up for our newsletter|12 comments|All rights reserved|Sign in|Advertisement|Follow us",
    "fr": "Partager l’article|Lecture 5 min|Lire la suite|Sur le même sujet|Abonnez-vous à notre newsletter|12 commentaires|Tous droits réservés|Se connecter|Publicité|Suivez-nous",
    "de": "Artikel teilen|Lesezeit: 5 Minuten|Weiterlesen|Mehr zum Thema|Newsletter abonnieren|12 Kommentare|Alle Rechte vorbehalten|Anmelden|Anzeige|Folgen Sie uns",
    "es": "Compartir este artículo|5 min de lectura|Leer más|Noticias relacionadas|Suscríbete a nuestro boletín|12 comentarios|Todos los derechos reservados|Iniciar sesión|Publicidad|Síguenos",
    "pt": "Compartilhe|5 min de leitura|Leia mais|Notícias relacionadas|Assine nossa newsletter|12 comentários|Todos os direitos reservados|Entrar|Publicidade|Siga-nos",
    "it": "Condividi l’articolo|5 min di lettura|Leggi tutto|Articoli correlati|Iscriviti alla newsletter|12 commenti|Tutti i diritti riservati|Accedi|Pubblicità|Seguici",
    "ru": "Поделиться|Время чтения: 5 минут|Читать далее|Материалы по теме|Подпишитесь на рассылку|12 комментариев|Все права защищены|Войти|Реклама|Подписывайтесь на нас",
    "uk": "Поділитися|Час читання: 5 хвилин|Читати далі|Матеріали за темою|Підпишіться на розсилку|12 коментарів|Усі права захищено|Увійти|Реклама|Слідкуйте за нами",
    "pl": "Udostępnij|Czas czytania: 5 minut|Czytaj dalej|Powiązane artykuły|Zapisz się na newsletter|12 komentarzy|Wszelkie prawa zastrzeżone|Zaloguj się|Reklama|Obserwuj nas",
    "tr": "Paylaş|Okuma süresi: 5 dakika|Devamını oku|İlgili haberler|Bültenimize abone olun|12 yorum|Tüm hakları saklıdır|Giriş yap|Reklam|Bizi takip edin",
    "ar": "شارك المقال|مدة القراءة: 5 دقائق|اقرأ المزيد|مواضيع ذات صلة|اشترك في نشرتنا البريدية|12 تعليقا|جميع الحقوق محفوظة|تسجيل الدخول|إعلان|تابعونا",
    "fa": "به اشتراک بگذارید|زمان مطالعه: 5 دقیقه|ادامه مطلب|اخبار مرتبط|عضویت در خبرنامه|12 نظر|تمامی حقوق محفوظ است|ورود|آگهی|ما را دنبال کنید",
    "hi": "शेयर करें|5 मिनट में पढ़ें|और पढ़ें|संबंधित खबरें|हमारे न्यूज़लेटर की सदस्यता लें|12 टिप्पणियाँ|सर्वाधिकार सुरक्षित|लॉग इन करें|विज्ञापन|हमें फॉलो करें",
    "zh": "分享本文|阅读时间：5分钟|阅读更多|相关新闻|订阅电子报|12条评论|版权所有|登录|广告|关注我们",
    "ja": "この記事をシェア|この記事は5分で読めます|続きを読む|関連記事|メールマガジンに登録|コメント12件|無断転載を禁じます|ログイン|広告|フォローする",
    "ko": "기사 공유|읽는 시간 5분|더보기|관련기사|뉴스레터 구독|댓글 12개|무단전재 및 재배포 금지|로그인|광고|팔로우",
}
KINDS = ("widget", "widget", "related", "related", "promo", "comment", "legal", "nav", "widget", "widget")
# What a line may count as instead: advertisement marks are appeals on some lists, follow buttons too.
ALSO = {
    "widget": {"widget", "promo", "nav", "dateline"},
    "related": {"related", "widget", "nav"},
    "nav": {"nav", "widget", "comment", "promo"},
}


@pytest.mark.parametrize("language", LINES)
def test_each_kind_of_furniture_is_known(lexicon: CleanLexicon, language: str) -> None:
    lines = LINES[language].split("|")
    wording = read_wording(find_words(split_blocks(["\n".join(lines)])), lexicon.vocabulary)
    unknown = []
    for line, kind, *masks in zip(lines, KINDS, wording.line, wording.start, wording.within, strict=True):
        told = {role for role, bit in BIT.items() if int(masks[0] | masks[1] | masks[2]) & bit}
        if not told & ALSO.get(kind, {kind}):
            unknown.append((line, kind, told))
    assert not unknown


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param("记者 王小港", "byline", id="a sign and a name"),
        pytest.param("记者王小港", "byline", id="run together"),
        pytest.param("记者节庆祝活动在北京举行", None, id="part of a longer word"),
        pytest.param("来源：港口日报", "credit", id="a sign before a colon"),
        pytest.param("来源不明的疫苗流入市场引发关注", None, id="a headline that opens alike"),
        pytest.param("写真展が東京で開幕した", None, id="Japanese headline"),
        pytest.param("Von der Leyen warnt vor neuen Zöllen", None, id="German headline"),
        pytest.param("Von Martha Quell und Jan Roth, Berlin", "byline", id="German byline"),
        pytest.param("Le bac reprend vers les îles", None, id="French headline"),
        pytest.param("Por qué el Gobierno sube los impuestos", None, id="Spanish headline"),
        pytest.param("Por Marta Quilla", "byline", id="Spanish byline"),
        pytest.param("by martha quill", "byline", id="all in lower case"),
    ],
)
def test_openers_of_bylines_open_headlines_too(clean, line: str, role: str | None) -> None:  # type: ignore[no-untyped-def]
    prose = "The ferries will sail again from April, two years after the last boat was withdrawn, the harbour authority said."
    blocks = clean("\n\n".join(["Ferry service returns to the islands", line, prose, prose.replace("April", "May"), prose]))["blocks"]
    found = blocks["role"][1]
    assert found == role if role else found not in ("byline", "credit", "dateline")
