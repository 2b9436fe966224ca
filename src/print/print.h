// Papers as PDF: documents of a few kinds of block, laid out by Pango (text of every script, right to left too), drawn by
// Cairo. Knows no order and no invoice: see papers.h for those. Slow (milliseconds a page): for the work threads.
#pragma once
#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

enum {
    PRINT_DOCUMENTS_MAX = 200,           // of one PDF
    PRINT_PAGES_MAX = 500,               // of one PDF
    PRINT_ROWS_MAX = 1000,               // of one table
    PRINT_COLUMNS_MAX = 8,
    PRINT_TEXT_MAX = 2000,               // bytes of one text; what is longer ends with "…"
    PRINT_BYTES_MAX = 12 * 1024 * 1024,  // of the PDF
    PRINT_CODE_MAX = 80,                 // characters of a barcode
    PRINT_QR_MAX = 1000,                 // bytes of a QR code
};

typedef enum PrintPaper { PRINT_A4, PRINT_A6 } PrintPaper;
typedef enum PrintAlign { PRINT_START, PRINT_CENTRE, PRINT_END } PrintAlign;

typedef enum PrintKind {
    PRINT_HEADING,       // a big name at the start, what the paper is at the end, each with small lines below
    PRINT_COLUMNS,       // texts side by side, each under a small label: who sells, who buys, numbers and days
    PRINT_TABLE,         // goes on over pages, with its head on each
    PRINT_SUMS,          // labels and amounts at the end, never torn apart; a QR code beside them if there is one
    PRINT_NOTE,          // a paragraph, with a label or none
    PRINT_BOX,           // one line that must be seen: white on black
    PRINT_BARCODE,       // Code 128 over the whole width, its text below
    PRINT_QR,            // a QR code with a text beside it
    PRINT_RULE,          // a line across
    PRINT_SPACE,
} PrintKind;

typedef struct PrintHeading { Str title, below, kind, number; } PrintHeading;
typedef struct PrintPart { Str label, strong, body; i64 share; } PrintPart;         // shares: of 12
typedef struct PrintParts { const PrintPart *p; i64 n; bool large; } PrintParts;    // large: for a label's address
typedef struct PrintColumn { Str title; i64 share; PrintAlign align; } PrintColumn; // share: of 100
typedef struct PrintCell { Str text, below; } PrintCell;                            // `below` small and grey
typedef struct PrintTable { const PrintColumn *columns; i64 n_columns; const PrintCell *cells; i64 n_rows; } PrintTable;
typedef struct PrintSum { Str label, amount; bool strong; } PrintSum;
typedef struct PrintSums { const PrintSum *p; i64 n; Str qr, qr_text; } PrintSums;
typedef struct PrintNote { Str label, text; bool small; } PrintNote;
typedef struct PrintBox { Str label, text; } PrintBox;
typedef struct PrintCode { Str value, text; i64 height_mm; } PrintCode;

typedef struct PrintBlock {
    PrintKind kind;
    union {
        PrintHeading heading;
        PrintParts parts;
        PrintTable table;
        PrintSums sums;
        PrintNote note;
        PrintBox box;
        PrintCode code;
        i64 space_mm;
    };
} PrintBlock;

// A document begins on a new page and counts its own. `one_page`: everything is made smaller until it fits (labels).
typedef struct PrintDocument {
    PrintPaper paper;
    bool one_page;
    Str footer;                          // at the bottom of each page; empty: neither it nor page numbers
    Str page_of;                         // how pages are numbered, with two %lld: "Page %lld of %lld"
    const PrintBlock *blocks; i64 n;
} PrintDocument;

typedef struct PrintJob {
    Str title, language;                 // of the PDF; language as in BCP 47: which shapes Han characters take
    Time made;                           // the same facts and the same moment give the same bytes
    const PrintDocument *documents; i64 n;
} PrintJob;

// The PDF's bytes, in the arena. ERR_TOO_LARGE past a limit of documents, pages or bytes; ERR_BAD_FIELD for a code that has a
// character it cannot hold; ERR_INTERNAL when a library fails (logged).
Err print_pdf(Arena *a, const PrintJob *job, Str *pdf);
