"""Two hundred invented articles in five languages, and every way in which the doors' real writers keep them."""

import datetime as dt
import html
import random
from typing import NamedTuple

_TONGUES = {
    "en": {
        "who": ["Mara Velt", "Tomas Ilgar", "Ines Corvale", "Peter Ashdown", "Ruth Okoye"],
        "role": ["trade minister", "foreign minister", "central bank governor", "harbour commissioner"],
        "place": ["Lisbon", "Tallinn", "Nairobi", "Geneva", "Montevideo"],
        "title": ["{who} opens talks on {n} tonnes of grain in {place}", "{place} port reopens after {n} days of strike", "{who}: rates stay at {n} percent"],
        "deck": ["The {role} said that no date had been set for round {n}."],
        "caption": ["{who} arrives for talks number {n} in {place} on Monday. Photo: Continental Wire"],
        "byline": "By {who}",
        "lead": ["{place} — {who}, the {role}, said on Monday that {n} ships had left the harbour since the agreement was signed in the spring.",
                 "The {role} of the island republic, {who}, opened the talks in {place} after {n} days of delay and two failed attempts."],
        "body": ["“We have waited for {n} years, and we can wait for another week,” {who} told reporters after the meeting.",
                 "The agreement covers {n} percent of the trade between both countries, according to figures that the ministry published on Friday.",
                 "Officials in {place} would not say whether part {n} of the treaty would be put to a vote before the summer.",
                 "“It’s a beginning – nothing more,” said {who}, who has led the delegation of {n} since January.",
                 "Farmers on both sides of the border have complained about fees that rose by {n} percent within a year.",
                 "The next meeting, number {n}, is to be held in {place}, though the hosts have not confirmed the day."],
    },
    "fr": {
        "who": ["Hélène Marchetti", "Étienne Baudry", "Nour Lefèvre"],
        "role": ["ministre du Commerce", "gouverneur de la banque centrale"],
        "place": ["Genève", "Liège", "Orléans"],
        "title": ["{who} ouvre les négociations sur {n} navires à {place}", "Le port de {place} rouvre après {n} jours de grève"],
        "deck": ["Aucune date n’a été fixée pour la rencontre numéro {n}."],
        "caption": ["{who} à son arrivée à {place}, lundi, avec {n} délégués. Photo : Agence Continentale"],
        "byline": "Par {who}",
        "lead": ["Le {role}, {who}, a annoncé lundi à {place} que {n} navires avaient quitté le port depuis la signature de l’accord au printemps."],
        "body": ["« Nous avons attendu {n} ans, nous pouvons attendre encore une semaine », a déclaré {who} à l’issue de la réunion.",
                 "L’accord porte sur {n} % des échanges entre les deux pays, selon les chiffres publiés vendredi par le ministère.",
                 "Les autorités de {place} n’ont pas voulu dire si la partie {n} du traité serait soumise au vote avant l’été.",
                 "Les agriculteurs des deux côtés de la frontière se plaignent de taxes qui ont augmenté de {n} % en un an.",
                 "La réunion numéro {n} doit se tenir à {place}, mais la date n’a pas été confirmée par les hôtes."],
    },
    "de": {
        "who": ["Jürgen Bähr", "Käthe Lößnitz", "Anna Größmann"],
        "role": ["Handelsminister", "Hafenmeister"],
        "place": ["Zürich", "Köln", "Genf"],
        "title": ["{who} eröffnet Gespräche über {n} Schiffe in {place}", "Hafen von {place} nach {n} Tagen Streik wieder offen"],
        "deck": ["Ein Termin für Runde {n} steht noch nicht fest."],
        "caption": ["{who} bei der Ankunft mit {n} Delegierten in {place} am Montag. Foto: Kontinentaldienst"],
        "byline": "Von {who}",
        "lead": ["Der {role}, {who}, sagte am Montag in {place}, seit der Unterzeichnung des Abkommens im Frühjahr hätten {n} Schiffe den Hafen verlassen."],
        "body": ["„Wir haben {n} Jahre gewartet, da kommt es auf eine Woche nicht an“, sagte {who} nach dem Treffen vor Journalisten.",
                 "Das Abkommen betrifft {n} Prozent des Handels beider Länder, wie aus Zahlen hervorgeht, die das Ministerium am Freitag vorlegte.",
                 "Die Behörden in {place} wollten nicht sagen, ob über Teil {n} des Vertrags noch vor dem Sommer abgestimmt wird.",
                 "Bauern auf beiden Seiten der Grenze beklagen Gebühren, die binnen eines Jahres um {n} Prozent gestiegen sind.",
                 "Treffen Nummer {n} soll in {place} stattfinden, den Tag haben die Gastgeber noch nicht bestätigt."],
    },
    "es": {
        "who": ["Íñigo Núñez", "Lucía Peñalba", "Ramón Agüero"],
        "role": ["ministro de Comercio", "gobernador del banco central"],
        "place": ["Asunción", "León", "Bogotá"],
        "title": ["{who} abre las conversaciones sobre {n} barcos en {place}", "El puerto de {place} reabre tras {n} días de huelga"],
        "deck": ["No se ha fijado fecha para la ronda {n}."],
        "caption": ["{who} a su llegada a {place}, el lunes, con {n} delegados. Foto: Agencia Continental"],
        "byline": "Por {who}",
        "lead": ["El {role}, {who}, dijo el lunes en {place} que {n} barcos habían salido del puerto desde la firma del acuerdo en primavera."],
        "body": ["“Hemos esperado {n} años y podemos esperar otra semana”, dijo {who} a los periodistas después de la reunión.",
                 "El acuerdo abarca el {n} por ciento del comercio entre ambos países, según las cifras que publicó el viernes el ministerio.",
                 "Las autoridades de {place} no quisieron decir si la parte {n} del tratado se someterá a votación antes del verano.",
                 "Los agricultores de ambos lados de la frontera se quejan de tasas que subieron un {n} por ciento en un año.",
                 "La reunión número {n} se celebrará en {place}, aunque los anfitriones no han confirmado el día."],
    },
    "ru": {
        "who": ["Анна Верхова", "Пётр Залесский", "Игорь Самойлов"],
        "role": ["министр торговли", "глава центрального банка"],
        "place": ["Женева", "Рига", "Тбилиси"],
        "title": ["{who} открывает переговоры о {n} судах: {place} ждёт решения", "Порт вновь открыт после {n} дней забастовки"],
        "deck": ["Дата встречи номер {n} пока не назначена."],
        "caption": ["{who} перед началом переговоров номер {n}. Фото: Континентальное агентство"],
        "byline": "Автор: {who}",
        "lead": ["В понедельник {role} {who} сообщил журналистам, что {n} судов покинули порт с тех пор, как весной было подписано соглашение."],
        "body": ["«Мы ждали {n} лет и можем подождать ещё неделю», — сказал {who} после встречи с делегацией.",
                 "Соглашение охватывает {n} процентов торговли между двумя странами, следует из данных, которые министерство опубликовало в пятницу.",
                 "Власти не стали говорить, будет ли часть {n} договора вынесена на голосование до начала лета.",
                 "Фермеры по обе стороны границы жалуются на сборы, которые за год выросли на {n} процентов.",
                 "Встреча номер {n} должна пройти через месяц, однако хозяева пока не подтвердили день."],
    },
}  # fmt: skip
_SHARES = {"en": 80, "fr": 30, "de": 30, "es": 30, "ru": 30}


class Invented(NamedTuple):
    """One article; ``caption`` stands below the first paragraph, None where there is no picture."""

    number: int
    language: str
    url: str
    title: str
    deck: str
    byline: str
    day: dt.date
    caption: str | None
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """The story without what is told beside it."""
        return "\n\n".join(self.paragraphs)

    @property
    def page(self) -> str:
        """The story as somebody copies it from a page."""
        head = [self.title, self.deck, self.byline, self.day.isoformat()]
        return "\n\n".join([*head, self.paragraphs[0], *([self.caption] if self.caption else []), *self.paragraphs[1:]]) + "\n"

    @property
    def content(self) -> str:
        """The story as HTML, without its headline, as feeds carry it."""
        told = [f"<p>{html.escape(each, quote=False)}</p>" for each in self.paragraphs]
        if self.caption:
            figure = f'<figure><img src="/{self.number}.jpg"><figcaption>{html.escape(self.caption, quote=False)}</figcaption></figure>'
            told.insert(1, figure)
        return "\n".join(told)

    @property
    def html(self) -> str:
        """The story as a whole page, with a menu and a footer around it."""
        escape = html.escape
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}"><head><meta charset="utf-8"/><title>{escape(self.title)} | The Invented Post</title>'
            f'<meta property="article:published_time" content="{self.day.isoformat()}"/><meta name="author" content="{escape(self.byline)}"/></head>'
            '<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/trade">Trade</a></li></ul></nav>'
            f'<article><h1>{escape(self.title)}</h1><p class="standfirst">{escape(self.deck)}</p><p class="byline">{escape(self.byline)}</p>'
            f'<time datetime="{self.day.isoformat()}">{self.day.isoformat()}</time>\n{self.content}\n</article>'
            "<footer><p>© The Invented Post. All rights reserved.</p></footer></body></html>"
        )

    @property
    def row(self) -> dict[str, str]:
        """The story as a row of a table."""
        about = {"id": f"a{self.number}", "url": self.url, "title": self.title, "subtitle": self.deck, "author": self.byline}
        return {**about, "date": self.day.isoformat(), "text": self.text}


def articles() -> list[Invented]:
    """The two hundred, the same each time."""
    found: list[Invented] = []
    for language, count in _SHARES.items():
        tongue = _TONGUES[language]
        for _ in range(count):
            number = len(found)
            rng = random.Random(number)

            def fill(template: str, rng: random.Random = rng, tongue: dict = tongue) -> str:  # type: ignore[type-arg]
                chosen = {name: rng.choice(tongue[name]) for name in ("who", "role", "place")}
                return template.format(n=rng.randint(3, 9000), **chosen)

            body = [fill(each) for each in rng.sample(tongue["body"], rng.randint(3, len(tongue["body"])))]
            caption = fill(rng.choice(tongue["caption"])) if rng.random() < 0.5 else None
            day = dt.date(2021, 1, 1) + dt.timedelta(days=rng.randint(0, 900))
            paragraphs = [fill(rng.choice(tongue["lead"])), *body]
            title = fill(rng.choice(tongue["title"]))
            url = f"https://post{number}.example/{day:%Y}/{number}"  # a site each: what a site repeats is furniture
            found.append(Invented(number, language, url, title, fill(tongue["deck"][0]), fill(tongue["byline"]), day, caption, paragraphs))
    return found
