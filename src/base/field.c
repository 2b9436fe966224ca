// What every reader and writer of field tables asks of them. Knows no JSON and no database.
#include "base/field.h"

bool field_has_flag(const Field *f)
{
    return f->optional && f->kind != FIELD_ID && f->kind != FIELD_TEXT && f->kind != FIELD_BYTES && f->kind != FIELD_OBJECT;
}

size_t field_element_size(const Field *f)
{
    switch (f->element) {
    case FIELD_INT: return sizeof(i64);
    case FIELD_BOOL: return sizeof(bool);
    case FIELD_REAL: return sizeof(double);
    case FIELD_TIME: return sizeof(Time);
    case FIELD_ID: return sizeof(i64);
    case FIELD_TEXT: case FIELD_BYTES: return sizeof(Str);
    case FIELD_ENUM: return sizeof(int);
    case FIELD_CURRENCY: return sizeof(Currency);
    case FIELD_MONEY: return sizeof(Money);
    case FIELD_OBJECT: return f->type->size;
    case FIELD_LIST: break;
    }
    must_failed(__FILE__, __LINE__, "an element that has a size: tools/gen knows no lists of lists");
}
