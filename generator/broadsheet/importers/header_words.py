"""Names that tables give their columns, in English, German, French and Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from broadsheet.base.identifiers import fold

# The names of columns by field, in the order in which to prefer them. Signs, case and accents
# don't count.
_NAMES: Mapping[str, str] = {
    "title": """
        title; paper title; article title; work title; titel; titre; 标题; 论文标题; 题目; 论文题目;
        题名; 篇名; 標題; paper; paper name; headline; publikation; article; 论文""",
    "authors": """
        authors; author; author names; author full names; paper authors; author list; author(s);
        creators; creator; autoren; autor; autor*innen; autor:innen; autorinnen und autoren;
        verfasser; verfasserinnen und verfasser; auteurs; auteur; auteur(s); auteur·rice·s; 作者;
        论文作者; 所有作者""",
    "arxiv": """
        arxiv; arxiv id; arxiv number; arxiv identifier; paper arxiv id; arxiv nummer; arxiv nr;
        arxiv kennung; identifiant arxiv; arxiv 编号; arxiv url; arxiv link; eprint; paper id;
        identifier; id""",
    "doi": "doi; doi url; doi link; digital object identifier; paper doi; article doi",
    "published": """
        published; publication date; date published; published at; published date; published on;
        date; release date; submitted; pub date; year; publication year; pub year; jahr;
        veröffentlicht; veröffentlichungsdatum; erschienen; erschienen am; erscheinungsdatum;
        erscheinungsjahr; publikationsjahr; datum; date de publication; publié; publié le; année;
        année de publication; 发表日期; 发布日期; 出版日期; 发表时间; 日期; 时间; 年份; 发表年份;
        出版年份; 年""",
    "venue": """
        venue; conference; journal; journal/conference; conference/journal; publication title;
        journal title; journal/book; source title; container title; booktitle; published in;
        proceedings; proceeding; konferenz; tagung; zeitschrift; erschienen in; revue; conférence;
        publié dans; 期刊; 会议; 会议/期刊; 期刊/会议; 刊名; 发表于; 来源""",
    "url": """
        url; link; links; paper url; paper link; url abs; article url; address; href; adresse;
        lien; 链接; 网址; 地址; 论文链接""",
    "code": """
        code; code url; code link; github; github url; github link; github repo; repo; repo url;
        repository; source code; quellcode; code source; 代码; 代码链接; 源代码""",
    "project": """
        project; project page; project url; project website; website; homepage; webseite; projekt;
        projektseite; site web; page du projet; 项目; 项目主页; 主页""",
    "pdf": "pdf; pdf url; pdf link; url pdf; lien pdf; pdf 链接",
    "data": "data; dataset; dataset url; data url; daten; datensatz; données; 数据集; 数据",
    "demo": "demo; demo url; demonstration; démo; 演示",
    "video": "video; video url; talk; vortrag; vidéo; 视频",
    "topics": """
        topics; topic; tags; tag; manual tags; themen; thema; thèmes; thème; sujets; sujet;
        étiquettes; 标签; 主题""",
    "keywords": """
        keywords; keyword; author keywords; key words; subjects; categories; category; fields;
        schlagwörter; schlagworte; stichwörter; stichworte; kategorien; kategorie; mots-clés;
        mots clés; catégories; catégorie; 关键词; 关键字; 分类; 类别""",
    "tldr": "tldr; one sentence summary; in a sentence; in einem satz; 一句话总结; 一句话摘要",
    "summary": """
        summary; our summary; kurzfassung; unsere zusammenfassung; synthèse; 总结; 概要; 概述;
        内容总结""",
    "abstract": """
        abstract; abstract note; paper abstract; zusammenfassung; résumé; resume; 摘要; 论文摘要""",
    "issue": "issue; week; iso week; woche; kalenderwoche; semaine; 周",
    "section": "section; abschnitt; rubrik; rubrique; 栏目",
    "number": "number in issue",
    "collection": "collection; sammlung; liste; 合集",
}


def name_key(name: str) -> str:
    """Returns the name of a column without signs, case and accents."""
    return "".join(c for c in fold(name) if c.isalnum())


def _ranks() -> Iterator[tuple[str, tuple[str, int]]]:
    for field, names in _NAMES.items():
        for rank, name in enumerate(names.split(";")):
            yield name_key(name), (field, rank)


# The field that each name means, and its rank among the names of the field.
KNOWN: Mapping[str, tuple[str, int]] = {key: found for key, found in reversed([*_ranks()]) if key}
