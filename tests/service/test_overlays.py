"""What lies over the grid: filter views, slicers, positions of charts, borders, basic filters."""

import pytest

from tests.service.calls import Api, Book, Json, RefusedCallError, grid, lines

PLACE = grid(0, 0, 4, 0, 2)
HIDDEN = {"hiddenValues": ["b"]}
ANCHOR = {"overlayPosition": {"anchorCell": {"rowIndex": 1, "columnIndex": 4}}}


@pytest.fixture
def book(api: Api) -> Book:
    book = api.create(sheets=[{"properties": {"sheetId": 0, "title": "Sheet1"}}])
    book.write("A1:B4", [["h", "n"], ["a", 3], ["b", 1], ["c", 2]])
    return book


def reply(book: Book, request: Json) -> Json:
    (found,) = book.batch(request)["replies"][0].values()
    return dict(next(iter(found.values()))) if found else {}


def hidden(book: Book) -> list[int]:
    found = book.sheet(fields="sheets.data.rowMetadata.hiddenByFilter")["data"][0]["rowMetadata"]
    return [at for at, line in enumerate(found) if line.get("hiddenByFilter")]


def test_a_filter_view_is_kept_with_its_criteria_in_both_forms(book: Book) -> None:
    given = {"range": PLACE, "filterSpecs": [{"columnIndex": 0, "filterCriteria": HIDDEN}]}
    added = reply(book, {"addFilterView": {"filter": given | {"filterViewId": 4}}})
    assert added["title"] == "Filter 1"
    assert added["criteria"] == {"0": HIDDEN}
    assert book.sheet()["filterViews"] == [added]
    assert hidden(book) == []
    copied = reply(book, {"duplicateFilterView": {"filterId": 4}})
    assert copied["title"] == "Copy of Filter 1"
    assert copied["filterViewId"] != 4
    change = {"filterViewId": 4, "title": "Mine", "criteria": {"1": HIDDEN}}
    book.batch({"updateFilterView": {"filter": change, "fields": "title,criteria"}})
    (mine, other) = book.sheet()["filterViews"]
    assert (mine["title"], mine["criteria"]) == ("Mine", {"1": HIDDEN})
    assert mine["filterSpecs"] == [{"columnIndex": 1, "filterCriteria": HIDDEN}]
    assert other["criteria"] == {"0": HIDDEN}
    book.batch({"deleteFilterView": {"filterId": 4}})
    assert [view["title"] for view in book.sheet()["filterViews"]] == ["Copy of Filter 1"]


def test_filter_views_on_names_and_tables_and_those_refused(book: Book) -> None:
    named = {"namedRangeId": "n", "name": "all", "range": PLACE}
    book.batch(
        {"addNamedRange": {"namedRange": named}},
        {"addTable": {"table": {"tableId": "t", "range": grid(0, 6, 9, 0, 2)}}},
    )
    assert (
        reply(book, {"addFilterView": {"filter": {"namedRangeId": "n"}}})["range"]["endRowIndex"]
        == 4
    )
    assert reply(book, {"addFilterView": {"filter": {"tableId": "t"}}})["range"]["endRowIndex"] == 9
    for view, sentence in (
        ({"range": PLACE, "title": "Filter 1"}, "already exists"),
        ({"range": PLACE, "tableId": "t"}, "Only one of"),
        ({"namedRangeId": "x"}, "No named range with id: x"),
        ({"range": grid(0, 0, 2000, 0, 1)}, "exceeds grid limits"),
        ({"range": grid(7, 0, 2, 0, 1)}, "No grid with id: 7"),
    ):
        with pytest.raises(RefusedCallError, match=sentence):
            book.batch({"addFilterView": {"filter": view}})
    for kind in ("deleteFilterView", "duplicateFilterView"):
        with pytest.raises(RefusedCallError, match="No filter view with id: 99"):
            book.batch({kind: {"filterId": 99}})
    with pytest.raises(RefusedCallError, match="Invalid field: titel"):
        book.batch({"updateFilterView": {"filter": {"filterViewId": 1}, "fields": "titel"}})


def test_the_columns_of_filters_follow_theirs(book: Book) -> None:
    spec = {"columnIndex": 1, "filterCriteria": HIDDEN}
    view = {"range": PLACE, "filterSpecs": [spec], "sortSpecs": [{"dimensionIndex": 1}]}
    book.batch(
        {"addFilterView": {"filter": view}},
        {"setBasicFilter": {"filter": {"range": PLACE, "filterSpecs": [spec]}}},
        {"insertDimension": {"range": lines(0, "COLUMNS", 1, 3)}},
    )
    tab = book.sheet()
    for item in (tab["filterViews"][0], tab["basicFilter"]):
        assert item["filterSpecs"] == [{"columnIndex": 3, "filterCriteria": HIDDEN}]
        assert item["criteria"] == {"3": HIDDEN}
    assert tab["filterViews"][0]["sortSpecs"] == [{"dimensionIndex": 3}]
    book.batch({"deleteDimension": {"range": lines(0, "COLUMNS", 3, 4)}})
    tab = book.sheet()
    assert not tab["filterViews"][0].get("filterSpecs")
    assert not tab["basicFilter"].get("criteria")


def test_a_basic_filter_sorts_and_hides(book: Book) -> None:
    number = {"condition": {"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}] * 2}}
    number["condition"]["values"] = [{"userEnteredValue": "3"}, {"userEnteredValue": "2"}]
    given = {
        "range": PLACE,
        "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}],
        "filterSpecs": [{"columnIndex": 1, "filterCriteria": number}],
    }
    book.batch({"setBasicFilter": {"filter": given}})
    assert book.values("A1:A4") == [["h"], ["b"], ["c"], ["a"]]
    assert hidden(book) == [1]
    book.batch({"clearBasicFilter": {"sheetId": 0}})
    assert hidden(book) == []
    listed = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]}}
    with pytest.raises(RefusedCallError, match="'ONE_OF_LIST' is not supported in filters"):
        book.batch({"setBasicFilter": {"filter": {"range": PLACE, "criteria": {"0": listed}}}})


def test_rows_are_filtered_and_sorted_by_colour(book: Book) -> None:
    red = {"red": 1}
    look = {"userEnteredFormat": {"backgroundColor": red}}
    paint = {"range": grid(0, 3, 4, 0, 1), "cell": look, "fields": "userEnteredFormat"}
    shown_red = {"visibleBackgroundColorStyle": {"rgbColor": red}}
    book.batch(
        {"repeatCell": paint},
        {"setBasicFilter": {"filter": {"range": PLACE, "criteria": {"0": shown_red}}}},
    )
    assert hidden(book) == [1, 2]
    by_colour = {"dimensionIndex": 0, "backgroundColor": red}
    book.batch({"sortRange": {"range": grid(0, 1, 4, 0, 2), "sortSpecs": [by_colour]}})
    assert book.values("A1:A4") == [["h"], ["c"], ["a"], ["b"]]


def test_a_slicer_hides_rows_until_it_is_changed_or_gone(book: Book) -> None:
    spec = {"dataRange": PLACE, "columnIndex": 0, "filterCriteria": HIDDEN, "title": "Who"}
    added = reply(book, {"addSlicer": {"slicer": {"spec": spec, "position": ANCHOR}}})
    assert added["position"]["overlayPosition"]["widthPixels"] == 600
    assert hidden(book) == [2]
    change = {"filterCriteria": {"hiddenValues": ["a", "c"]}}
    update = {"slicerId": added["slicerId"], "spec": change, "fields": "filterCriteria"}
    book.batch({"updateSlicerSpec": update})
    assert hidden(book) == [1, 3]
    assert book.sheet()["slicers"][0]["spec"]["title"] == "Who"
    book.batch({"insertDimension": {"range": lines(0, "ROWS", 1, 2)}})
    assert book.sheet()["slicers"][0]["spec"]["dataRange"]["endRowIndex"] == 5
    book.batch({"deleteEmbeddedObject": {"objectId": added["slicerId"]}})
    assert hidden(book) == []
    assert "slicers" not in book.sheet()


def test_slicers_that_cannot_be_are_refused(book: Book) -> None:
    for slicer, sentence, code in (
        ({"position": ANCHOR, "spec": {"title": "x"}}, "needs a dataRange", 400),
        ({"position": ANCHOR, "spec": {"dataRange": PLACE, "columnIndex": 2}}, "outside", 400),
        ({"spec": {"dataRange": PLACE}}, "sheets of their own", 501),
    ):
        with pytest.raises(RefusedCallError, match=sentence) as refusal:
            book.batch({"addSlicer": {"slicer": slicer}})
        assert refusal.value.code == code
    with pytest.raises(RefusedCallError, match="No slicer with id: 3"):
        book.batch({"updateSlicerSpec": {"slicerId": 3, "spec": {}, "fields": "title"}})


def test_a_chart_is_moved_sized_framed_and_taken_to_another_tab(book: Book) -> None:
    chart = reply(book, {"addChart": {"chart": {"spec": {"title": "x"}, "position": ANCHOR}}})
    identity = {"objectId": chart["chartId"]}
    to = {"overlayPosition": {"anchorCell": {"sheetId": 8}, "widthPixels": 300}}
    request = identity | {"newPosition": to, "fields": "anchorCell,widthPixels"}
    book.batch({"addSheet": {"properties": {"sheetId": 8, "title": "Other"}}})
    moved = reply(book, {"updateEmbeddedObjectPosition": request})
    whole = {"anchorCell": {"sheetId": 8}, "widthPixels": 300, "heightPixels": 371}
    assert moved["overlayPosition"] == whole
    blue = {"border": {"color": {"blue": 1}}, "fields": "color"}
    book.batch({"updateEmbeddedObjectBorder": identity | blue})
    first, second = book.get()["sheets"]
    assert "charts" not in first
    assert second["charts"][0]["border"]["colorStyle"] == {"rgbColor": {"blue": 1}}
    for wrong, sentence in (
        ({"objectId": 5, "newPosition": ANCHOR, "fields": "*"}, "No embedded object with id: 5"),
        (identity | {"newPosition": {"newSheet": True}, "fields": "*"}, "sheets of their own"),
        (identity | {"newPosition": ANCHOR}, "At least one field"),
        (identity | {"newPosition": ANCHOR, "fields": "colour"}, "Invalid field: colour"),
    ):
        with pytest.raises(RefusedCallError, match=sentence):
            book.batch({"updateEmbeddedObjectPosition": wrong})


def test_borders_are_drawn_around_and_between(book: Book) -> None:
    thick = {"style": "SOLID_THICK", "color": {"red": 1}}
    request = {"range": grid(0, 0, 2, 0, 2), "top": thick, "innerVertical": {"style": "DOTTED"}}
    book.batch({"updateBorders": request})
    fields = "sheets.data.rowData.values.userEnteredFormat.borders"
    rows = book.sheet(fields=fields)["data"][0]["rowData"]
    cells = [[cell["userEnteredFormat"]["borders"] for cell in row["values"]] for row in rows[:2]]
    assert [[sorted(cell) for cell in row] for row in cells] == [
        [["right", "top"], ["left", "top"]],
        [["right"], ["left"]],
    ]
    assert cells[0][0]["top"] == {
        "style": "SOLID_THICK",
        "width": 3,
        "color": {"red": 1},
        "colorStyle": {"rgbColor": {"red": 1}},
    }
    assert cells[0][0]["right"] == {
        "style": "DOTTED",
        "width": 1,
        "color": {},
        "colorStyle": {"rgbColor": {}},
    }
    book.batch({"updateBorders": {"range": grid(0, 0, 2, 0, 2), "top": {"style": "NONE"}}})
    rows = book.sheet(fields=fields)["data"][0]["rowData"]
    assert [sorted(cell["userEnteredFormat"]["borders"]) for cell in rows[0]["values"]] == [
        ["right"],
        ["left"],
    ]


def test_a_creation_may_bring_all_of_these(api: Api) -> None:
    place = {name: at for name, at in PLACE.items() if name != "sheetId"}
    below = place | {"startRowIndex": 6, "endRowIndex": 9}
    view = {"range": place, "title": "Mine"}
    slicer = {"spec": {"dataRange": place, "columnIndex": 1}, "position": ANCHOR}
    tables = [{"name": "Pains", "range": below}]
    parts = {"filterViews": [view], "slicers": [slicer], "tables": tables}
    book = api.create(sheets=[{"properties": {"sheetId": 4, "title": "All"}} | parts])
    tab = book.sheet()
    assert tab["filterViews"][0]["range"]["sheetId"] == 4
    assert tab["slicers"][0]["spec"]["dataRange"]["sheetId"] == 4
    assert tab["tables"][0]["columnProperties"][1]["columnName"] == "Column 2"
    book.batch({"duplicateSheet": {"sourceSheetId": 4, "newSheetId": 5}})
    copied = book.sheet()
    assert copied["filterViews"][0]["filterViewId"] != tab["filterViews"][0]["filterViewId"]
    assert copied["slicers"][0]["spec"]["dataRange"]["sheetId"] == 5


def test_a_comment_follows_its_cell_and_is_shown_to_those_who_ask(book: Book) -> None:
    place = {"sheetId": 0, "rowIndex": 2, "columnIndex": 1}
    said = {"content": "Why so few?", "coordinate": place}
    (answer,) = book.batch({"insertComment": said})["replies"]
    thread = answer["insertComment"]["commentThread"]
    assert thread["headPost"]["content"] == "Why so few?"
    book.batch({"insertDimension": {"range": lines(0, "ROWS", 0, 2)}})
    asked = {"commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED"}
    shown = book.get(**asked)
    assert shown["comments"] == [thread]
    (anchor,) = shown["sheets"][0]["commentAnchors"]
    assert anchor["anchorId"] == thread["anchorId"]
    assert anchor["range"] == grid(0, 4, 5, 1, 2)
    plain = book.get()
    assert "comments" not in plain
    assert "commentAnchors" not in plain["sheets"][0]
    book.batch({"deleteComment": {"commentId": thread["commentId"]}})
    assert "comments" not in book.get(**asked)
    for request, why in (
        ({"deleteComment": {"commentId": thread["commentId"]}}, "No comment"),
        ({"insertComment": {"coordinate": place}}, "needs content"),
        ({"addCommentReply": {"commentId": "x"}}, "addCommentReply"),
    ):
        with pytest.raises(RefusedCallError, match=why):
            book.batch(request)
