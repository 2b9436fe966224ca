// Tests of staff: who is asked to work in a shop, who says yes, and what they may then.
#include <pthread.h>

#include "accounts/accounts.h"
#include "shops/shops.h"
#include "staff/staff.h"
#include "tests/world.h"

static const char *shop_path(World *w, i64 shop, const char *rest)
{
    return world_path(w, "/v1/shops/%lld%s", (long long)shop, rest);
}

static Answer ask(World *w, Person who, i64 shop, const char *handle, const char *role)
{
    return world_post(w, who, shop_path(w, shop, "/staff"), world_path(w, "{\"handle\":\"%s\",\"role\":\"%s\"}", handle, role));
}

// Asks and gives the invitation's id.
static i64 asked(World *w, Person who, i64 shop, const char *handle, const char *role)
{
    Answer x = ask(w, who, shop, handle, role);
    check_int(x.status, 201);
    check_str(answer_at(w, &x, "account"), STR(""));
    return answer_id(w, &x, "invitation");
}

static Answer end(World *w, Person who, i64 shop, Person gone)
{
    return world_delete(w, who, shop_path(w, shop, world_path(w, "/staff/%lld", (long long)gone.id)));
}

static Answer withdraw(World *w, Person who, i64 shop, i64 id)
{
    return world_delete(w, who, shop_path(w, shop, world_path(w, "/invitations/%lld", (long long)id)));
}

static Answer accept(World *w, Person who, i64 id)
{
    return world_post(w, who, world_path(w, "/v1/me/invitations/%lld/accept", (long long)id), NULL);
}

static Answer decline(World *w, Person who, i64 id)
{
    return world_delete(w, who, world_path(w, "/v1/me/invitations/%lld", (long long)id));
}

static Answer staff_of(World *w, Person who, i64 shop)
{
    return world_get(w, who, shop_path(w, shop, "/staff"));
}

static i64 mine(World *w, Person who, const char *field)
{
    Answer x = world_get(w, who, "/v1/me");
    check_int(x.status, 200);
    return answer_id(w, &x, field);
}

// ---------------------------------------------------------------------------------------------- being asked

TEST(staff_work_there_when_they_have_said_yes)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    world_jump(&w, SECOND_MS);                               // staff are listed by when they came
    i64 id = asked(&w, w.sari, shop, "ana", "manager");
    check(id > 0);
    check_int(staff_of(&w, w.ana, shop).status, 403);         // no right yet, and nothing counts
    check_int(world_patch(&w, w.ana, shop_path(&w, shop, ""), "{\"name\":\"Mine\"}").status, 403);
    check_int(mine(&w, w.ana, "shops[0].shop"), 0);
    check_int(mine(&w, w.ana, "invited"), 1);
    Answer x = world_get(&w, w.ana, "/v1/me/invitations");
    check_int(x.status, 200);
    check_int(answer_id(&w, &x, "items[0].id"), id);
    check_int(answer_id(&w, &x, "items[0].shop.id"), shop);
    check_str(answer_at(&w, &x, "items[0].shop.handle"), STR("rotan"));
    check_str(answer_at(&w, &x, "items[0].role"), STR("manager"));
    check_str(answer_at(&w, &x, "items[0].person.handle"), STR("sari"));
    check_str(answer_at(&w, &x, "items[1].id"), STR(""));
    x = accept(&w, w.ana, id);
    check_int(x.status, 200);
    check_int(answer_id(&w, &x, "shop"), shop);
    check_str(answer_at(&w, &x, "role"), STR("manager"));
    check_int(mine(&w, w.ana, "shops[0].shop"), shop);
    check_int(mine(&w, w.ana, "invited"), 0);
    world_refused(&w, accept(&w, w.ana, id), 404, "not_found", NULL);
    check_int(world_patch(&w, w.ana, shop_path(&w, shop, ""), "{\"name\":\"Ours\"}").status, 200);
    x = staff_of(&w, w.ana, shop);
    check_int(answer_id(&w, &x, "items[0].account"), w.sari.id);
    check_int(answer_id(&w, &x, "items[1].account"), w.ana.id);
    check_str(answer_at(&w, &x, "items[1].name"), STR("ana"));
    check_str(answer_at(&w, &x, "items[2].role"), STR(""));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(staff_invited_show_what_they_show_to_everybody)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    check_int(world_patch(&w, w.budi, "/v1/me", "{\"name\":\"Budi Sealed\"}").status, 200);
    Answer x = ask(&w, w.sari, shop, "budi", "owner");
    check_int(x.status, 201);
    check_str(answer_at(&w, &x, "name"), STR(""));
    check_str(answer_at(&w, &x, "handle"), STR("budi"));
    check_int(str_find(x.body, STR("Sealed")), -1);
    x = staff_of(&w, w.sari, shop);
    check_str(answer_at(&w, &x, "items[1].handle"), STR("budi"));
    check_str(answer_at(&w, &x, "items[1].role"), STR("owner"));
    check_str(answer_at(&w, &x, "items[1].account"), STR(""));
    check_int(str_find(x.body, STR("Sealed")), -1);
    check_int(str_find(x.body, str_of(world_path(&w, "%lld", (long long)w.budi.id))), -1);
    x = world_get(&w, w.nobody, "/v1/people/budi");           // and he is shown with no shop
    check_str(answer_at(&w, &x, "shops"), STR("[]"));
    check_int(world_patch(&w, w.budi, "/v1/me/person", "{\"name\":\"Budi of the quay\"}").status, 200);
    x = staff_of(&w, w.sari, shop);
    check_str(answer_at(&w, &x, "items[1].name"), STR("Budi of the quay"));
    check_int(accept(&w, w.budi, answer_id(&w, &x, "items[1].invitation")).status, 200);
    x = staff_of(&w, w.sari, shop);                           // who works together knows each other
    check_str(answer_at(&w, &x, "items[1].name"), STR("Budi Sealed"));
    x = world_get(&w, w.nobody, "/v1/people/budi");
    check_str(answer_at(&w, &x, "shops[0].handle"), STR("rotan"));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(staff_invitations_are_declined_and_taken_back)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), other = world_shop(&w, w.tono, "bambu");
    i64 id = asked(&w, w.sari, shop, "ana", "packer");
    check_int(asked(&w, w.sari, shop, "ana", "packer"), id);  // the same again
    check_int(mine(&w, w.ana, "invited"), 1);
    world_refused(&w, accept(&w, w.budi, id), 404, "not_found", NULL);
    world_refused(&w, accept(&w, w.sari, id), 404, "not_found", NULL);
    world_refused(&w, accept(&w, w.oma, id), 404, "not_found", NULL);
    world_refused(&w, accept(&w, w.nobody, id), 401, "sign_in", NULL);
    world_refused(&w, decline(&w, w.budi, id), 404, "not_found", NULL);
    world_refused(&w, withdraw(&w, w.tono, shop, id), 403, "forbidden", NULL);
    world_refused(&w, withdraw(&w, w.tono, other, id), 404, "not_found", NULL);
    world_refused(&w, withdraw(&w, w.ana, shop, id), 403, "forbidden", NULL);
    check_int(decline(&w, w.ana, id).status, 204);
    world_refused(&w, decline(&w, w.ana, id), 404, "not_found", NULL);
    world_refused(&w, withdraw(&w, w.sari, shop, id), 404, "not_found", NULL);
    i64 again = asked(&w, w.sari, shop, "ana", "packer");
    check_int(withdraw(&w, w.sari, shop, again).status, 204);
    world_refused(&w, accept(&w, w.ana, again), 404, "not_found", NULL);
    check_int(mine(&w, w.ana, "invited"), 0);
    Answer x = staff_of(&w, w.sari, shop);
    check_str(answer_at(&w, &x, "items[1].role"), STR(""));
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(staff_say_yes_to_what_they_have_read)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    i64 packer = asked(&w, w.sari, shop, "ana", "packer");
    i64 owner = asked(&w, w.sari, shop, "ana", "owner");      // in its place
    check(owner != packer);
    check_int(mine(&w, w.ana, "invited"), 1);
    world_refused(&w, accept(&w, w.ana, packer), 404, "not_found", NULL);
    Answer x = accept(&w, w.ana, owner);
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "role"), STR("owner"));
    world_free(&w);
}

TEST(staff_are_asked_by_owners_of_people_there)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    world_staff(&w, w.sari, shop, w.ana, "manager");
    world_refused(&w, ask(&w, w.ana, shop, "budi", "packer"), 403, "forbidden", NULL);
    world_refused(&w, ask(&w, w.tono, shop, "budi", "packer"), 403, "forbidden", NULL);
    world_refused(&w, ask(&w, w.nobody, shop, "budi", "packer"), 401, "sign_in", NULL);
    world_refused(&w, ask(&w, w.sari, 77, "budi", "packer"), 404, "not_found", NULL);
    Answer none = ask(&w, w.sari, shop, "nobody-at-all", "packer");
    world_refused(&w, none, 404, "not_found", "handle");
    world_refused(&w, ask(&w, w.sari, shop, "budi", "king"), 422, "bad_field", "role");
    world_refused(&w, staff_of(&w, w.tono, shop), 403, "forbidden", NULL);
    world_refused(&w, staff_of(&w, w.nobody, shop), 401, "sign_in", NULL);
    world_refused(&w, end(&w, w.ana, shop, w.sari), 403, "forbidden", NULL);
    world_refused(&w, end(&w, w.tono, shop, w.ana), 403, "forbidden", NULL);
    world_refused(&w, end(&w, w.tono, shop, w.tono), 403, "forbidden", NULL);
    world_refused(&w, end(&w, w.sari, shop, w.tono), 404, "not_found", NULL);
    check_int(end(&w, w.ana, shop, w.ana).status, 204);       // anyone may leave
    world_refused(&w, staff_of(&w, w.ana, shop), 403, "forbidden", NULL);
    // To whom somebody has blocked, that handle is nobody's, word for word.
    check_int(world_put(&w, w.budi, "/v1/people/sari/block", NULL).status, 204);
    Answer x = ask(&w, w.sari, shop, "budi", "packer");
    world_refused(&w, x, 404, "not_found", "handle");
    check_str(answer_at(&w, &x, "detail"), answer_at(&w, &none, "detail"));
    check_int(world_put(&w, w.sari, "/v1/people/ana/block", NULL).status, 204);
    world_refused(&w, ask(&w, w.sari, shop, "ana", "packer"), 409, "wrong_state", NULL);
    check_int(mine(&w, w.ana, "invited") + mine(&w, w.budi, "invited"), 0);
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- roles and owners

TEST(staff_roles_change_at_once_but_owners_are_asked)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    world_staff(&w, w.sari, shop, w.ana, "packer");
    Answer x = ask(&w, w.sari, shop, "ana", "manager");       // a new role, not a second line
    check_int(x.status, 201);
    check_int(answer_id(&w, &x, "account"), w.ana.id);
    check_str(answer_at(&w, &x, "name"), STR("ana"));
    check_str(answer_at(&w, &x, "invitation"), STR(""));
    check_str(answer_at(&w, &x, "role"), STR("manager"));
    // An owner answers for the shop, and may be left as its last one: that takes a yes.
    i64 id = asked(&w, w.sari, shop, "ana", "owner");
    x = staff_of(&w, w.ana, shop);
    check_str(answer_at(&w, &x, "items[1].role"), STR("manager"));
    check_str(answer_at(&w, &x, "items[2].role"), STR("owner"));
    check_int(answer_id(&w, &x, "items[2].invitation"), id);
    world_refused(&w, world_patch(&w, w.ana, shop_path(&w, shop, ""), "{\"cod\":false}"), 403, "forbidden", NULL);
    check_int(world_audit(&w), 0);
    check_int(ask(&w, w.sari, shop, "ana", "packer").status, 201);                // the later word counts
    world_refused(&w, accept(&w, w.ana, id), 404, "not_found", NULL);
    id = asked(&w, w.sari, shop, "ana", "owner");
    check_int(accept(&w, w.ana, id).status, 200);
    x = staff_of(&w, w.ana, shop);
    check_str(answer_at(&w, &x, "items[1].role"), STR("owner"));
    check_str(answer_at(&w, &x, "items[2].role"), STR(""));
    check_int(world_patch(&w, w.ana, shop_path(&w, shop, ""), "{\"cod\":false}").status, 200);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(staff_last_owner_stays)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    world_refused(&w, end(&w, w.sari, shop, w.sari), 409, "wrong_state", NULL);
    world_refused(&w, ask(&w, w.sari, shop, "sari", "packer"), 409, "wrong_state", NULL);
    check_int(ask(&w, w.sari, shop, "sari", "owner").status, 201);
    i64 id = asked(&w, w.sari, shop, "ana", "owner");         // who is asked is no owner: she cannot be left with it
    world_refused(&w, end(&w, w.sari, shop, w.sari), 409, "wrong_state", NULL);
    check_int(accept(&w, w.ana, id).status, 200);
    check_int(end(&w, w.sari, shop, w.sari).status, 204);
    world_refused(&w, end(&w, w.ana, shop, w.ana), 409, "wrong_state", NULL);
    world_refused(&w, end(&w, w.oma, shop, w.ana), 409, "wrong_state", NULL);         // the operator neither
    check_int(world_patch(&w, w.ana, shop_path(&w, shop, ""), "{\"state\":\"closed\"}").status, 200);
    world_free(&w);
}

TEST(staff_invitations_go_with_who_sent_them)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    world_staff(&w, w.sari, shop, w.ana, "owner");
    i64 first = asked(&w, w.ana, shop, "budi", "owner"), kept = asked(&w, w.sari, shop, "tono", "packer");
    check_int(ask(&w, w.sari, shop, "ana", "manager").status, 201);               // no owner any more
    world_refused(&w, accept(&w, w.budi, first), 404, "not_found", NULL);
    i64 owner = asked(&w, w.sari, shop, "ana", "owner");
    check_int(end(&w, w.ana, shop, w.ana).status, 204);                           // who leaves is not asked any more
    world_refused(&w, accept(&w, w.ana, owner), 404, "not_found", NULL);
    world_staff(&w, w.sari, shop, w.ana, "owner");
    i64 second = asked(&w, w.ana, shop, "budi", "packer");
    check_int(end(&w, w.sari, shop, w.ana).status, 204);
    world_refused(&w, accept(&w, w.budi, second), 404, "not_found", NULL);
    check_int(accept(&w, w.tono, kept).status, 200);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- limits

typedef struct Crowd { World *w; i64 n; Arena arena; } Crowd;

// Accounts without the password hashing of a real sign-up.
static Err make_crowd(Tx *tx, void *context)
{
    Crowd *c = context;
    arena_reset(&c->arena);
    tx->a = &c->arena;
    By by = { .now = app_now(c->w->app), .ids = &c->w->app->ids, .vault = &c->w->app->vault };
    for (i64 i = 0; i < c->n; i++) {
        Str handle = arena_format(tx->a, "crowd%lld", (long long)i);
        Str email = arena_format(tx->a, "crowd%lld@example.com", (long long)i);
        AccountId id;
        try(account_add(tx, &by, &(AccountNew){ .email = email, .name = handle, .handle = handle }, email,
                        vault_token_hash(tx->a, email), &id));
    }
    return ERR_OK;
}

static void crowd(World *w, i64 n)
{
    Crowd c = { .w = w, .n = n };
    check_int(db_run(w->app->db, true, make_crowd, &c), ERR_OK);
    arena_free(&c.arena);
    world_jump(w, SECOND_MS);
}

TEST(staff_of_one_shop_are_at_most_fifty_with_those_asked)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    crowd(&w, SHOP_STAFF_MAX);
    world_staff(&w, w.sari, shop, w.ana, "packer");
    for (i64 i = 0; i < SHOP_STAFF_MAX - 2; i++) asked(&w, w.sari, shop, world_path(&w, "crowd%lld", (long long)i), "packer");
    world_refused(&w, ask(&w, w.sari, shop, "crowd48", "packer"), 409, "too_many_items", NULL);
    i64 last = asked(&w, w.sari, shop, "crowd47", "manager"); // who is asked may still be asked another thing
    asked(&w, w.sari, shop, "ana", "owner");                  // and who is there
    Answer x = staff_of(&w, w.sari, shop);
    check_str(answer_at(&w, &x, "items[0].role"), STR("owner"));
    check(answer_id(&w, &x, "items[50].invitation") > 0);
    check_str(answer_at(&w, &x, "items[51].role"), STR(""));
    check_int(withdraw(&w, w.sari, shop, last).status, 204);
    world_refused(&w, ask(&w, w.sari, shop, "crowd49", "packer"), 409, "too_many_items", NULL);   // ana's owner's waits
    check_int(ask(&w, w.sari, shop, "ana", "packer").status, 201);
    asked(&w, w.sari, shop, "crowd49", "packer");
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(staff_limits_of_a_person_count_when_they_say_yes)
{
    World w = world_new();
    i64 tonos = world_shop(&w, w.tono, "tonos"), id = asked(&w, w.tono, tonos, "sari", "owner");
    for (int i = 0; i < SHOPS_OWNED_MAX; i++) world_shop(&w, w.sari, world_path(&w, "shop%d", i));     // it counted for none
    Answer x = accept(&w, w.sari, id);
    world_refused(&w, x, 409, "too_many_items", NULL);
    check_str(answer_at(&w, &x, "detail"), STR("A person may own at most 10 shops."));
    check_int(mine(&w, w.sari, "invited"), 1);                // it still waits
    world_staff(&w, w.tono, tonos, w.sari, "manager");        // working there is another thing
    id = asked(&w, w.tono, tonos, "sari", "owner");
    world_refused(&w, accept(&w, w.sari, id), 409, "too_many_items", NULL);
    check_int(world_audit(&w), 0);
    world_free(&w);
}

TEST(staff_work_in_at_most_fifty_shops)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    i64 id = asked(&w, w.sari, shop, "ana", "packer");
    for (int i = 0; i < SHOPS_STAFFED_MAX; i++)
        world_sql(&w, world_path(&w, "INSERT INTO shop_staff (shop, account, role, added) VALUES "
                                     "(%d, %lld, 'packer', 1); SELECT 1", i + 1, (long long)w.ana.id));
    Answer x = accept(&w, w.ana, id);
    world_refused(&w, x, 409, "too_many_items", NULL);
    check_str(answer_at(&w, &x, "detail"), STR("A person may work in at most 50 shops."));
    world_sql(&w, "DELETE FROM shop_staff WHERE shop = 1; SELECT 1");
    check_int(accept(&w, w.ana, id).status, 200);
    world_free(&w);
}

TEST(staff_invitations_of_one_person_are_at_most_fifty)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    for (int i = 0; i < STAFF_INVITED_MAX; i++)
        world_sql(&w, world_path(&w, "INSERT INTO staff_invitation (id, shop, account, role, inviter, at) VALUES "
                                     "(%d, %lld, %lld, 'packer', %lld, 1); SELECT 1", i + 1, i == 0 ? (long long)shop : -i,
                                 (long long)w.ana.id, (long long)w.sari.id));
    check_int(mine(&w, w.ana, "invited"), STAFF_INVITED_MAX);
    i64 other = world_shop(&w, w.tono, "bambu");
    world_refused(&w, ask(&w, w.tono, other, "ana", "packer"), 409, "too_many_items", "handle");
    check_int(decline(&w, w.ana, 1).status, 204);
    asked(&w, w.tono, other, "ana", "packer");
    check_int(world_audit(&w), STAFF_INVITED_MAX - 1);        // those of no shop
    world_free(&w);
}

TEST(staff_invitations_that_one_sends_in_a_day_are_bounded)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    for (int i = 0; i < STAFF_ASKS_PER_DAY; i++)
        check_int(withdraw(&w, w.sari, shop, asked(&w, w.sari, shop, "ana", "packer")).status, 204);
    world_refused(&w, ask(&w, w.sari, shop, "ana", "packer"), 429, "too_many", NULL);
    world_jump(&w, DAY_MS);
    asked(&w, w.sari, shop, "ana", "packer");
    world_free(&w);
}

TEST(staff_invitations_that_are_wrong_are_found)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    asked(&w, w.sari, shop, "ana", "packer");
    check_int(world_audit(&w), 0);
    world_sql(&w, world_path(&w, "UPDATE staff_invitation SET account = %lld; SELECT 1", (long long)w.sari.id));
    check_int(world_audit(&w), 1);
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- being told

TEST(staff_invitations_are_told_of_until_they_are_answered)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan");
    i64 id = asked(&w, w.sari, shop, "ana", "packer");
    check_int(mine(&w, w.ana, "unread"), 1);
    Answer x = world_get(&w, w.ana, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items[0].kind"), STR("invitation"));
    check_int(answer_id(&w, &x, "items[0].shop.id"), shop);
    check_str(answer_at(&w, &x, "items[0].person.handle"), STR("sari"));
    asked(&w, w.sari, shop, "ana", "owner");                  // another role: the same news
    check_int(mine(&w, w.ana, "unread"), 1);
    x = world_get(&w, w.ana, "/v1/me/inbox");
    check_int(answer_id(&w, &x, "items[0].n"), 1);
    check_str(answer_at(&w, &x, "items[1].kind"), STR(""));
    x = world_get(&w, w.ana, "/v1/me/invitations");
    check(answer_id(&w, &x, "items[0].id") != id);
    id = answer_id(&w, &x, "items[0].id");
    check_int(withdraw(&w, w.sari, shop, id).status, 204);
    check_int(mine(&w, w.ana, "unread"), 0);
    check_int(world_post(&w, w.ana, "/v1/me/inbox/read", NULL).status, 204);
    id = asked(&w, w.sari, shop, "ana", "packer");            // asked, and asked, and asked: no bell each time
    check_int(decline(&w, w.ana, id).status, 204);
    x = world_get(&w, w.ana, "/v1/me/inbox");
    check_str(answer_at(&w, &x, "items[0].kind"), STR(""));
    x = world_put(&w, w.budi, "/v1/me/inbox/switches", "{\"kind\":\"invitation\",\"on\":false}");
    check_int(x.status, 200);
    check_str(answer_at(&w, &x, "items[7].kind"), STR("invitation"));
    check_str(answer_at(&w, &x, "items[7].on"), STR("false"));
    asked(&w, w.sari, shop, "budi", "packer");
    check_int(mine(&w, w.budi, "unread"), 0);
    check_int(mine(&w, w.budi, "invited"), 1);                // it waits at his own place all the same
    world_free(&w);
}

// ---------------------------------------------------------------------------------------------- several at once

enum { RIVALS = 8 };
typedef struct Rival { World *w; Arena arena; LocalRequest what; int status; } Rival;

static void *answer_once(void *context)
{
    Rival *r = context;
    do r->status = local_call(r->w->app, &r->arena, &r->what).status;
    while (r->status == 503);
    return NULL;
}

TEST(staff_invitations_are_accepted_or_taken_back)
{
    World w = world_new();
    i64 shop = world_shop(&w, w.sari, "rotan"), id = asked(&w, w.sari, shop, "ana", "packer");
    Str yes = str_of(world_path(&w, "/v1/me/invitations/%lld/accept", (long long)id));
    Str no = str_of(shop_path(&w, shop, world_path(&w, "/invitations/%lld", (long long)id)));
    Rival rivals[RIVALS];
    pthread_t threads[RIVALS];
    for (i64 i = 0; i < RIVALS; i++)
        rivals[i] = (Rival){ .w = &w, .what = i % 2 ? (LocalRequest){ .method = "POST", .path = yes, .token = w.ana.token }
                                                    : (LocalRequest){ .method = "DELETE", .path = no, .token = w.sari.token } };
    for (i64 i = 0; i < RIVALS; i++) must(pthread_create(&threads[i], NULL, answer_once, &rivals[i]) == 0);
    i64 accepted = 0, taken_back = 0, late = 0;
    for (i64 i = 0; i < RIVALS; i++) {
        pthread_join(threads[i], NULL);
        accepted += rivals[i].status == 200;
        taken_back += rivals[i].status == 204;
        late += rivals[i].status == 404;
        arena_free(&rivals[i].arena);
    }
    check_int(accepted + taken_back, 1);
    check_int(late, RIVALS - 1);
    check_int(mine(&w, w.ana, "shops[0].shop"), accepted ? shop : 0);
    check_int(world_audit(&w), 0);
    world_free(&w);
}
