"""Stop words: common words of a language, and of papers, that say nothing about a subject."""

from __future__ import annotations

from functools import cache

from lunr.stop_word_filter import WORDS

_ENGLISH = """
    a about above across after against all along already also although always am among an and
    any are as at away be because been before being below better between beyond both but by can
    cannot could did do does doing done down due during each either else enough especially et
    etc even ever every few first five for four from further furthermore general get given gives
    go good great had has have having he hence her here high higher his how however i ie if in
    indeed instead into is it its itself just key know known large larger largely less let like
    likely low lower made main mainly make makes making many may might more moreover most much
    must namely near need needed needs neither new next no non nor not now of off often on once
    one only onto or other others our out over own particular per perhaps possible quite rather
    really same second see seen several shall she should show showed showing shown shows similar
    simple simply since single small smaller so some still such take taken takes ten than that
    the their them then there thereby therefore these they third this those three through thus
    to together too toward towards two under unlike until up upon us use used useful user uses
    using usually various very via was way we well were what when where whereas whether which
    while who whole whose why wide will with within without would yet you your abstract achieve
    achieved achieves achieving address addresses aim allow allows analysis analyze approach
    approaches art author authors based baseline baselines called challenge challenges
    challenging common compare compared comparison conduct contribution current demonstrate
    demonstrated demonstrates describe design despite develop different effective effectively
    effectiveness efficient enable enables enabling ensure evaluate evaluated evaluation
    existing experiment experimental experiments explore extensive field find finding findings
    focus framework future highly idea identify impact important improve improved improvement
    improvements improves improving include includes including introduce introduced introduces
    introducing issue issues leading leverage leverages leveraging limitation limitations
    limited llm llms language method methods model models novel number obtain open outperform
    outperforms paper papers people perform performance performing potential present presented
    presents previous previously problem problems process propose proposed proposes provide
    provided provides providing question questions range recent recently related remain remains
    require required requires research researchers result results reveal reveals section set
    significant significantly specific state study studies suggest superior system systems task
    tasks technique techniques term time today total type types understand understanding work
    works benchmarking comprehensive evaluating evaluations exploring examples example explain
    learning modeling modelling rethinking survey tackling gain gains help helps train training
    trained trains test tests beat beats add adds answer answers answering rest rests keep keeps
    reach reaches turn turns run runs report reports read reads gets
"""
_GERMAN = """
    ab aber abhängig alle allein allem allen aller alles allgemein als also am an andere anderem
    anderen anderer anderes anders anhand art auch auf aufgrund aus außer außerdem bei beide
    beiden beim bereits besonders besser beste besten bis bisher bisherige bisherigen bzw da
    dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darin darüber darum
    das dass dazu dein dem den denen denn dennoch der deren derer des deshalb dessen desto die
    dies diese diesem diesen dieser dieses doch dort drei durch ebenfalls ebenso eigene eigenen
    ein eine einem einen einer eines einfach einige einigen einiger einzelne einzelnen er erst
    erste ersten erstmals es etwa etwas euch falls fast fest früher für ganz gar geben gegen
    gegenüber gemäß genau genügt gibt gleich gleichen groß große großen großer gut gute guten
    hat hatte hatten hier hierbei hierfür hin hinter hinaus hoch hohe hohen höher ich ihm ihn
    ihnen ihr ihre ihrem ihren ihrer im immer in indem ins insbesondere insgesamt ist ja je jede
    jedem jeden jeder jedes jedoch jene jenen jetzt kann kaum kein keine keinem keinen keiner
    klein kleine kleinen können könnte könnten lassen lässt mal man manche manchen mehr mehrere
    mehreren mein meist meisten mit mittels möglich müssen muss nach nachdem nahezu neben nicht
    nichts noch nun nur ob oben oder oft ohne ort pro sämtliche schon sehr sein seine seinem
    seinen seiner seit selbst sich sie sind so sobald sodass sogar solange solche solchem
    solchen solcher soll sollen sollte somit sondern sonst soweit sowie sowohl statt stattdessen
    stets tut über um und uns unser unsere unserem unseren unserer unter usw viel viele vielen
    vier vom von vor vorher wann war waren warum was wegen weil weise weit weiter weitere
    weiteren weiterer welche welchem welchen welcher welches wenig wenige weniger wenn wer
    werden wie wieder wir wird wo wobei wodurch wofür wollen womit worauf worden würde würden wurde
    wurden zeit zu zum zur zusammen zwar zwei zweite zwischen abschnitt analyse analysieren
    ansatz ansätze anwendung arbeit arbeiten artikel aufgabe aufgaben autoren bedeutung beispiel
    beispiele beitrag beschreiben ergebnis ergebnisse ergebnissen erreichen erreicht experiment
    experimente forschung frage fragen leistung methode methoden modell modelle modellen
    möglichkeit neu neue neuen neuer neues problem probleme schlagen stellen studie studien
    system systeme technik techniken untersuchen untersucht untersuchung verbessern verbessert
    verfahren vergleich vergleichen verwenden verwendet vorschlagen vorstellen zeigen zeigt ziel
"""
# Chinese and Japanese function words, in writing without spaces.
JOINING_CHARACTERS = frozenset(
    "的了是在和与或也都而且及其等于对将被把从到为以所这那此个们我你他她它有没不很更最就又还但因如若"
    "之中上下里后前时可能会要让使由向当并则即已未曾の了はがをにでとも"
)


# Words of papers that stop words leave in phrases, such as "the authors note".
_OF_PAPERS = frozenset({"author", "authors", "paper", "papers", "work"})


_VAGUE = """
    access acoustic active algorithmic automatic base batch binary black case cause chain
    compact complete complex crowd deep dense difficult disagree distill downstream draft expert
    extract families fast faster forecast forget foundation game goes hidden human humans item
    items layer learn learners linear links long machine margins match million molecular news
    numbers optimal output outputs parallel plan power precise predict prior public pure real
    reason recall rephrase review robust scale scores scratch semantic sets shifts short size
    soft solve space sparse style suite systematic themselves tiny trace white zero
"""
# Words that name no subject without others, although other words of a title do: "hidden states".
VAGUE_WORDS = frozenset(_VAGUE.split())


@cache
def function_words(language: str) -> frozenset[str]:
    """Returns words that join phrases but aren't part of them. "time" may be: "time series"."""
    words = frozenset(WORDS) | _OF_PAPERS
    return words | frozenset(_GERMAN.split()) if language == "de" else words


@cache
def stop_words(language: str) -> frozenset[str]:
    """Returns the stop words of a language ("de", "zh") and of English, which most papers use."""
    words = _ENGLISH + _GERMAN if language == "de" else _ENGLISH
    return frozenset(word.casefold() for word in words.split())
