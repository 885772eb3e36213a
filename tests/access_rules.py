"""Who may open each address: written by hand, so that a rule which is lost in code is missed here.

A new view is not let through before somebody writes here whom it is for.
"""

from tejido.network.domain.permissions import Permission

# Signed-in work: for whoever holds the permission at the member that the address names.
BY_PERMISSION: dict[Permission, str] = {
    Permission.VIEW_DESK: "network:home finder_desk:texts",
    Permission.VIEW_PEOPLE: "network:people",
    Permission.VIEW_EVENTS: "network:record",
    Permission.GRANT_ROLE: "network:give-role",
    Permission.WITHDRAW_ROLE: "network:take-role",
    Permission.END_MEMBERSHIP: "network:end-membership network:resume-membership",
    Permission.EDIT_LISTING: """
        directory:search directory:listing directory:edit directory:hours directory:confirm
        directory:history directory:acts directory:act directory:undo directory:proposals
        directory:answer-proposal directory:wrong directory:answer-wrong directory:changes
        directory:change directory:duplicates directory:duplicate directory:link-duplicates
        directory:look-for-duplicates directory:sources directory:clocks directory:due
        directory:due-table directory:pace directory:call-sheet directory:make-link
        directory:end-link directory:quality directory:quality-listings directory:quality-table
        """,
    Permission.PUBLISH_LISTING: """
        directory:bulk directory:publicity directory:contact directory:withdraw-contact
        finder_desk:update
        """,
    Permission.IMPORT_LISTINGS: """
        directory_import:bring directory_import:show directory_import:describe
        directory_import:begin directory_import:stop directory_import:undo
        directory_import:issues directory_import:changes directory_check:ask
        directory_check:show directory_check:forget
        """,
    Permission.EDIT_NEEDS: """
        directory_needs:list directory_needs:add directory_needs:need directory_needs:names
        directory_needs:facts directory_needs:retire directory_needs:use-again
        directory_needs:add-word directory_needs:take-out directory_needs:bring-back
        directory_needs:undo
        """,
    Permission.REVIEW_TEXT: "directory_needs:review directory_needs:review-one",
    Permission.CORRECT_TEXT: "directory_needs:correct directory_needs:undo-correction",
    Permission.EDIT_LANDMARKS: """
        directory:landmarks directory:add-landmark directory:landmark
        directory:take-out-landmark directory:bring-back-landmark directory:put-back-landmark
        """,
    Permission.TRUST_SOURCE: "directory:trust",
    Permission.EDIT_CLOCKS: "directory:edit-clocks",
    Permission.RELEASE_COUNTS: "directory:unmet",
}
# For whoever is signed in, about themselves.
OWN = """
    network:choose-member network:language account_home account_logout account_change_password
    account_reauthenticate mfa_reauthenticate mfa_index mfa_activate_totp mfa_deactivate_totp
    mfa_view_recovery_codes mfa_generate_recovery_codes
    """
# For whoever begins to sign in.
ENTRANCE = "account_login account_signup account_inactive mfa_authenticate"
# For everybody.
PUBLIC = """
    finder:home finder:find finder:listing finder:wrong finder:overdose finder:lines finder:keep
    finder:kept finder:app finder:unmet finder:unmet-period finder:unmet-table finder:privacy
    finder:about directory_link:confirm ui:gallery packs pack worker health sms api-docs
    api-docs-slash api:api-root api:openapi-json api:search api:hsds-root api:show_root
    api:show_schemas api:show_schema api:show_description api:show_patch api:show_list
    api:show_one
    """


def names(written: str) -> list[str]:
    """Return the names of addresses."""
    return written.split()


def every_name() -> list[str]:
    """Return every address that has a rule, once for each rule."""
    ruled = [*BY_PERMISSION.values(), OWN, ENTRANCE, PUBLIC]
    return [name for written in ruled for name in names(written)]
