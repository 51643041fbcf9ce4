-- A fact base as version 1 of the file format held it: no transactions, no
-- retractions, names that no transaction declares.
PRAGMA page_size = 16384;
PRAGMA application_id = 1098085241; -- "Assy"
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE kind(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT
    NOT NULL, like_kind INTEGER NOT NULL, rounded INTEGER NOT NULL) STRICT;
INSERT INTO kind VALUES(1,'actual','What was measured',1,1);
INSERT INTO kind VALUES(2,'forecast','What somebody expects',2,1);
INSERT INTO kind VALUES(3,'target','What somebody means to reach',3,0);
CREATE TABLE unit(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT
    NOT NULL, symbol TEXT NOT NULL, factor REAL NOT NULL, measure TEXT NOT
    NULL, role INTEGER NOT NULL) STRICT;
INSERT INTO unit VALUES(1,'USD','US dollar','$',1.0,'1:1',0);
CREATE TABLE calendar(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title
    TEXT NOT NULL, starts INTEGER NOT NULL, named_by_end INTEGER NOT NULL)
    STRICT;
INSERT INTO calendar VALUES(1,'us','',1001,1);
CREATE TABLE dimension(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title
    TEXT NOT NULL) STRICT;
INSERT INTO dimension VALUES(1,'country','Country');
CREATE TABLE member(id INTEGER PRIMARY KEY, dimension INTEGER NOT NULL, code
    TEXT NOT NULL, title TEXT NOT NULL, UNIQUE(dimension, code)) STRICT;
INSERT INTO member VALUES(1,1,'KR','Korea');
INSERT INTO member VALUES(2,1,'JP','');
INSERT INTO member VALUES(3,1,'EA','East Asia');
CREATE TABLE member_part(member INTEGER NOT NULL, position INTEGER NOT NULL,
    part INTEGER NOT NULL, PRIMARY KEY(member, position)) STRICT, WITHOUT
    ROWID;
INSERT INTO member_part VALUES(3,0,1);
INSERT INTO member_part VALUES(3,1,2);
CREATE TABLE metric(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title
    TEXT NOT NULL, aggregation INTEGER NOT NULL, frequency INTEGER NOT NULL,
    unit INTEGER NOT NULL, scale INTEGER NOT NULL, calendar INTEGER NOT NULL,
    unit_open INTEGER NOT NULL) STRICT;
INSERT INTO metric VALUES(1,'exports','Exports',1,1,1,9,0,0);
INSERT INTO metric VALUES(2,'outlays','',1,1,1,0,1,0);
CREATE TABLE metric_dimension(metric INTEGER NOT NULL, position INTEGER NOT
    NULL, dimension INTEGER NOT NULL, PRIMARY KEY(metric, position)) STRICT,
    WITHOUT ROWID;
INSERT INTO metric_dimension VALUES(1,0,1);
CREATE TABLE actor(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title
    TEXT NOT NULL) STRICT;
INSERT INTO actor VALUES(1,'moef','Finance');
CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title
    TEXT NOT NULL, day INTEGER NOT NULL, before INTEGER NOT NULL, url TEXT NOT
    NULL) STRICT;
INSERT INTO source VALUES(1,'wire','Wire',738798,0,'https://example.org');
CREATE TABLE definition(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, text TEXT NOT NULL) STRICT;
INSERT INTO definition VALUES(1,'twice','Twice',
    'define twice(x) "Twice" = x * 2');
CREATE TABLE line(id INTEGER PRIMARY KEY, metric INTEGER NOT NULL, unit INTEGER
    NOT NULL) STRICT;
INSERT INTO line VALUES(1,1,1);
INSERT INTO line VALUES(2,2,1);
INSERT INTO line VALUES(3,1,1);
CREATE TABLE line_member(line INTEGER NOT NULL, position INTEGER NOT NULL,
    member INTEGER NOT NULL, PRIMARY KEY(line, position)) STRICT, WITHOUT
    ROWID;
INSERT INTO line_member VALUES(1,0,1);
INSERT INTO line_member VALUES(3,0,2);
CREATE TABLE counter(record INTEGER NOT NULL) STRICT;
INSERT INTO counter VALUES(7);
CREATE TABLE batch(id INTEGER PRIMARY KEY, input TEXT NOT NULL, withdrawn
    INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO batch VALUES(1,'-e',0);
INSERT INTO batch VALUES(2,'-e',0);
CREATE TABLE fact(metric INTEGER NOT NULL, frequency INTEGER NOT NULL, kind
    INTEGER NOT NULL, period INTEGER NOT NULL, line INTEGER NOT NULL, day
    INTEGER NOT NULL, record INTEGER NOT NULL, coefficient INTEGER, exponent
    INTEGER NOT NULL, form INTEGER NOT NULL, actor INTEGER NOT NULL, source
    INTEGER NOT NULL, batch INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY
    KEY(metric, frequency, kind, period, line, day, record)) STRICT, WITHOUT
    ROWID;
INSERT INTO fact VALUES(1,1,1,2020,1,738798,1,5125,8,256,0,1,1,8);
INSERT INTO fact VALUES(1,1,1,2021,1,0,2,6445,8,1280,0,0,2,1);
INSERT INTO fact VALUES(1,1,1,2021,3,738170,6,700,9,0,0,0,2,4);
INSERT INTO fact VALUES(1,1,1,2021,3,738535,7,710,9,0,0,0,2,4);
INSERT INTO fact VALUES(1,1,2,2022,1,0,3,0,0,323,1,0,2,2);
INSERT INTO fact VALUES(1,1,3,2023,1,0,4,NULL,0,384,0,0,2,3);
INSERT INTO fact VALUES(2,1,1,2023,2,0,5,5,6,0,0,0,2,4);
CREATE TABLE fact_detail(record INTEGER PRIMARY KEY, low REAL, high REAL,
    assertion TEXT, context TEXT, condition TEXT, note TEXT, url TEXT, written
    TEXT) STRICT;
INSERT INTO fact_detail VALUES(1,0.0,0.0,NULL,NULL,NULL,'said aloud',NULL,
    NULL);
INSERT INTO fact_detail VALUES(2,0.0,0.0,'= 644.5B up 25.8% from 2020',NULL,
    NULL,NULL,NULL,NULL);
INSERT INTO fact_detail VALUES(3,640000000000.0,660000000000.0,NULL,NULL,NULL,
    NULL,NULL,NULL);
INSERT INTO fact_detail VALUES(4,0.0,0.0,'= 155% * actual 2021 exports[KR]',
    NULL,NULL,NULL,NULL,NULL);
CREATE TABLE extent(metric INTEGER NOT NULL, frequency INTEGER NOT NULL, kind
    INTEGER NOT NULL, period INTEGER NOT NULL, facts INTEGER NOT NULL, last_day
    INTEGER NOT NULL, PRIMARY KEY(metric, frequency, kind, period)) STRICT,
    WITHOUT ROWID;
INSERT INTO extent VALUES(1,1,1,2020,1,738798);
INSERT INTO extent VALUES(1,1,1,2021,3,738535);
INSERT INTO extent VALUES(1,1,2,2022,1,0);
INSERT INTO extent VALUES(1,1,3,2023,1,0);
INSERT INTO extent VALUES(2,1,1,2023,1,0);
CREATE TABLE "constraint"(record INTEGER PRIMARY KEY, metric INTEGER NOT NULL,
    frequency INTEGER NOT NULL, kind INTEGER NOT NULL, period INTEGER NOT NULL,
     line INTEGER NOT NULL, day INTEGER NOT NULL) STRICT;
INSERT INTO "constraint" VALUES(2,1,1,1,2021,1,0);
INSERT INTO "constraint" VALUES(4,1,1,3,2023,1,0);
CREATE TABLE derived(metric INTEGER NOT NULL, frequency INTEGER NOT NULL, kind
    INTEGER NOT NULL, period INTEGER NOT NULL, line INTEGER NOT NULL, day
    INTEGER NOT NULL, record INTEGER NOT NULL, value REAL, low REAL, high REAL,
     basis INTEGER NOT NULL, chain TEXT NOT NULL, relation INTEGER NOT NULL,
    actor INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY KEY(metric,
    frequency, kind, period, line, day, basis, record)) STRICT, WITHOUT ROWID;
INSERT INTO derived VALUES(1,1,1,2020,1,0,2,512321144674.08587646,
    512077870480.73101806,512564612326.04370115,2,
    'actual 2021 = 644.5B up 25.8%',0,0,0);
INSERT INTO derived VALUES(1,1,3,2023,1,0,4,998975000000.0,998897500000.0,
    999052500000.0,1,'155% * actual 2021 exports[KR]',0,0,0);
CREATE INDEX line_metric ON line(metric);
CREATE VIEW figures AS SELECT metric.name AS metric, fact.* FROM fact JOIN
    metric ON metric.id = fact.metric;
COMMIT;
