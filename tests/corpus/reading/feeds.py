"""Feeds for tests, in our own words: one of each form, each listing the same two stories."""

RSS_2 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Orbit Gazette</title><link>https://orbit.example/</link><language>en-us</language>
<item><title>Ibis leaves &amp; burns</title><link>/ibis?utm_source=rss</link><dc:creator>A. Author</dc:creator>
<guid isPermaLink="false">g-1</guid><pubDate>Tue, 22 Jun 2031 16:52 EDT</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>The Ibis ship left.</p><p>It burned up.</p>]]></content:encoded>
</item>
<item><title>No link</title><description>The station &lt;b&gt;turned&lt;/b&gt; round. Read more</description>
<guid isPermaLink="false">g-2</guid></item>
</channel></rss>"""

RSS_1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://orbit.example/"><title>Orbit Gazette</title><link>https://orbit.example/</link></channel>
<item rdf:about="https://orbit.example/ibis"><title>Ibis leaves</title><link>https://orbit.example/ibis</link>
<dc:date>2031-06-22T16:52:00-04:00</dc:date><description>The Ibis ship left.</description></item></rdf:RDF>"""

RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://orbit.example/rss-0.91.dtd">
<rss version="0.91"><channel><title>Orbit Gazette</title><link>https://orbit.example/</link>
<item><title>Ibis leaves</title><link>https://orbit.example/ibis</link><description>The ship left.</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://orbit.example/news/"><title>Orbit Gazette</title>
<id>urn:orbit</id><updated>2031-06-23T00:00:00Z</updated>
<entry><title>Ibis leaves</title><link href="ibis"/><id>urn:ibis</id><author><name>A. Author</name></author>
<published>2031-06-22T20:52:00Z</published><updated>2031-06-23T08:00:00Z</updated>
<content type="html">&lt;p&gt;The Ibis ship left.&lt;/p&gt;</content></entry></feed>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Orbit Gazette", "language": "en",
"next_url": "/feed.json?page=2", "items": [7, {"id": "g-1", "url": "/ibis", "title": "Ibis leaves",
"content_html": "<p>The Ibis ship left.</p>", "date_published": "2031-06-22T16:52:00-04:00",
"authors": [{"name": "A. Author"}]}, {"id": 2, "content_text": "The station turned round."}]}"""

NEWS_API_4 = """{"count": 30, "next": "https://api.elsewhere.example/v4/articles/?limit=2&offset=2", "previous": null,
"results": [{"id": 11, "title": "Ibis leaves", "url": "https://orbit.example/ibis", "news_site": "Orbit Gazette",
"summary": "The Ibis ship left.", "published_at": "2031-06-22T20:52:00Z", "updated_at": "2031-06-23T08:00:00.5Z",
"authors": [{"name": "A. Author", "socials": null}], "launches": [{"launch_id": "l-1", "provider": "LL2"}],
"events": [{"event_id": 7, "provider": "LL2"}]},
{"id": 12, "title": "Untold", "url": "https://orbit.example/untold", "news_site": "Orbit Gazette", "summary": "",
"published_at": null, "launches": [], "events": []}]}"""

NEWS_API_3 = """export default [{"id": 11, "title": "Ibis leaves", "url": "https://orbit.example/ibis",
"newsSite": "Orbit Gazette", "summary": "The Ibis ship left.", "publishedAt": "2031-06-22T20:52:00.000Z",
"updatedAt": "2031-06-23T08:00:00.500Z", "launches": [{"id": "l-1", "provider": "LL2"}], "events": []}];"""
