"""The administrator's account."""

from flask_appbuilder.security.sqla.models import User
from superset import security_manager
from superset.extensions import db
from werkzeug.security import check_password_hash

from millrace_superset.problem import Problem


def ensure_admin(name: str, password: str) -> User:
    """Makes the administrator, or gives an existing account this password, the Admin role and access."""
    role = security_manager.find_role("Admin")
    user = security_manager.find_user(username=name)
    if user is None:
        user = security_manager.add_user(name, "Millrace", "Admin", f"{name}@millrace.localhost", role, password)
        if not user:
            raise Problem(1, f"Superset refused to make the account {name}.", "The reason stands above in its log.")
        return user
    if not check_password_hash(user.password, password):
        security_manager.reset_password(user.id, password)
    user.active = True
    if role not in user.roles:
        user.roles.append(role)
    db.session.commit()
    return user
