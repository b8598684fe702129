"""Messages in the two mail sites: a signature with badges, a quoted one, one handed on."""

from __future__ import annotations

from tests.pages.page import (
    Chance,
    MadePage,
    Planted,
    attribute,
    gmail_picture,
    google_link,
    safe_link,
)

MIRA = ("Mira Solano", "mira@made-up.example")
TOM = ("Tom Muster", "tom@other.example")
_PICTURE = "https://images.credly.com/size/110x110/images/{}/image.png"


def gmail(seed: int) -> MadePage:
    """A message whose signature has two awards and a baked picture; below it two quoted ones."""
    chance = Chance(seed)
    own, other, quoted, handed = chance.award(), chance.award(), chance.award(), chance.award()
    baked = "https://portfolio.made-up.example/baked.png"
    signature = [
        _gmail_badge(chance, own),
        _gmail_badge(chance, other),
        f'<img class="CToWUd" src="{gmail_picture(baked, chance.hexadecimal(9))}" width="96">',
        '<img src="?ui=2&amp;ik=abc&amp;attid=0.1&amp;view=fimg" width="96" class="CToWUd">',
    ]
    body = (
        f"<p>{chance.of(['Hello', 'Hallo', 'Bonjour', 'مرحبا'])}</p>"
        '<div class="gmail_signature" data-smartmail="gmail_signature">Mira<br>'
        f"{''.join(chance.shuffled(signature))}</div>"
        f'<div class="gmail_quote"><div class="gmail_attr">On Mon {TOM[0]} &lt;'
        f'<a href="mailto:{TOM[1]}">{TOM[1]}</a>&gt; wrote:</div>'
        f'<blockquote class="m_{seed}gmail_quote">'
        f'<div class="m_{seed}gmail_signature">{_gmail_badge(chance, quoted)}</div></blockquote>'
        "</div>"
        f'<div class="gmail_quote">---------- Forwarded message<blockquote>'
        f"{_gmail_badge(chance, handed)}</blockquote></div>"
    )
    mine = ((MIRA[0],), (MIRA[1],))
    return in_gmail(
        seed,
        chance,
        body,
        (
            Planted(own, *mine),
            Planted(other, *mine),
            Planted(baked, *mine),
            Planted(quoted, (), (TOM[1],)),
            Planted(handed),
        ),
    )


def in_gmail(
    seed: int,
    chance: Chance,
    body: str,
    planted: tuple[Planted, ...],
    sender: tuple[str, str] = MIRA,
) -> MadePage:
    """An open message."""
    message = (
        f'<div class="{chance.named("message")}" data-message-id="#msg-f:{seed}1805130634802192"'
        f' data-legacy-message-id="{chance.hexadecimal(16)}"><table><tr><td>'
        f'<img class="{chance.named("photo")}" src="https://lh3.googleusercontent.com/a/'
        f'{chance.hexadecimal(12)}=s80-p" width="40" height="40">'
        f'<span class="{chance.named("from")}" email="{sender[1]}" name="{sender[0]}"'
        f' data-hovercard-id="{sender[1]}">{sender[0]}</span>'
        f'<span class="{chance.named("to")}" email="reader@made-up.example" name="me">me</span>'
        f'</td></tr></table><div class="{chance.named("body")}">{body}</div></div>'
    )
    panel = f'<div><a href="https://www.credly.com/badges/{chance.uuid()}">an add-on\'s</a></div>'
    html = f'<!doctype html><title>Inbox</title><div role="main">{message}</div>{panel}'
    return MadePage(
        f"https://mail.google.com/mail/u/0/?seed={seed}#inbox/FMfcgz{chance.hexadecimal(24)}",
        html,
        planted,
    )


def outlook(seed: int) -> MadePage:
    """The same for Outlook: links wrapped, a message handed on below."""
    chance = Chance(seed)
    own, other, handed = chance.award(), chance.award(), chance.award()
    signature = [
        _outlook_badge(chance, own),
        _outlook_badge(chance, other),
        '<img data-imagetype="AttachmentByCid" originalsrc="cid:image001.png@01DA" width="96"'
        ' src="https://attachments.office.net/owa/mira/service.svc/s/GetAttachment?id=A">',
    ]
    body = (
        f'<p class="x_MsoNormal">Hello</p><div id="x_Signature"><div>{MIRA[0]}</div>'
        f"{''.join(chance.shuffled(signature))}</div>"
        f'<div id="x_divRplyFwdMsg"><b>{chance.of(["From", "Von", "De"])}:</b> {TOM[0]}'
        f" &lt;{TOM[1]}&gt;<br><b>Sent:</b> Monday</div>"
        f'<div class="x_gmail_signature"><a href="{attribute(safe_link(google_link(handed)))}">'
        'credential</a></div><div id="x_x_Signature">again</div>'
    )
    mine = ((MIRA[0],), (MIRA[1],))
    badges = (Planted(own, *mine), Planted(other, *mine), Planted(handed, (TOM[0],), (TOM[1],)))
    return in_outlook(seed, chance, body, badges)


def in_outlook(
    seed: int,
    chance: Chance,
    body: str,
    planted: tuple[Planted, ...],
    sender: tuple[str, str] = MIRA,
) -> MadePage:
    """An open message."""
    header = (
        f'<div class="{chance.named("header")}"><div class="{chance.named("photo")}"><img'
        ' src="https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto?size=HR64" width="48"'
        f' height="48"></div><span class="{chance.named("from")}">'
        f"{sender[0]}&lt;{sender[1]}&gt;</span>"
        f'<div class="{chance.named("to")}">To: <span>Reader&lt;reader@made-up.example&gt;</span>'
        "</div></div>"
    )
    html = (
        f'<!doctype html><title>Mail</title><div role="main"><div class="{chance.named("item")}">'
        f'{header}<div aria-label="Message body" role="document"><div class="rps_{seed:04x}"><div>'
        f"{body}</div></div></div></div></div>"
    )
    return MadePage(
        f"https://outlook.office.com/mail/inbox/id/AAQk{chance.hexadecimal(20)}", html, planted
    )


def _gmail_badge(chance: Chance, award: str) -> str:
    picture = gmail_picture(_PICTURE.format(chance.uuid()), chance.hexadecimal(9))
    return (
        f'<a href="{attribute(award)}" target="_blank" data-saferedirecturl="'
        f'{attribute(google_link(award))}"><img class="CToWUd" width="96" src="{picture}"></a>'
    )


def _outlook_badge(chance: Chance, award: str) -> str:
    return (
        f'<a href="{attribute(safe_link(award))}" originalsrc="{attribute(award)}"'
        f' data-auth="Verified" shash="x/y=" data-linkindex="0">'
        f'<img data-imagetype="External" width="96"'
        f' src="{_PICTURE.format(chance.uuid())}"></a>'
    )
