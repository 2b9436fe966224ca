-- Invitations to work in a shop.

-- staff_invitation_insert(id StaffInvitationId, shop ShopId, account AccountId, role StaffRole, inviter AccountId, at time) -> ()
INSERT INTO staff_invitation (id, shop, account, role, inviter, at) VALUES (:id, :shop, :account, :role, :inviter, :at);

-- staff_invitation_get(id StaffInvitationId) -> ?(id StaffInvitationId, shop ShopId, account AccountId, role StaffRole,
--   inviter AccountId, at time)
SELECT id, shop, account, role, inviter, at FROM staff_invitation WHERE id = :id;

-- staff_invitation_between(shop ShopId, account AccountId) -> ?(id StaffInvitationId, role StaffRole)
SELECT id, role FROM staff_invitation WHERE shop = :shop AND account = :account;

-- staff_invitation_delete(id StaffInvitationId) -> n
DELETE FROM staff_invitation WHERE id = :id;

-- staff_invitations_from(shop ShopId) -> [(id StaffInvitationId, account AccountId, role StaffRole, inviter AccountId, at time)]
SELECT id, account, role, inviter, at FROM staff_invitation WHERE shop = :shop ORDER BY id LIMIT 100;

-- staff_invitations_to(account AccountId) -> [(id StaffInvitationId, shop ShopId, role StaffRole, inviter AccountId, at time)]
SELECT id, shop, role, inviter, at FROM staff_invitation WHERE account = :account ORDER BY id DESC LIMIT 50;

-- staff_invitations_waiting(account AccountId) -> (n int)
SELECT count(*) AS n FROM staff_invitation WHERE account = :account;

-- staff_invitation_after(after StaffInvitationId, limit int) ->
--   [(id StaffInvitationId, shop ShopId, account AccountId, role StaffRole)]
SELECT id, shop, account, role FROM staff_invitation WHERE id > :after ORDER BY id LIMIT :limit;
