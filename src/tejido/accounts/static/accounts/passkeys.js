// Passkeys: asks the browser for one, and sends what it says with the form around the button.
// Without this file, or where a browser knows no passkeys, the forms stay hidden and say so:
// codes from an app are the way then.

function bytesOf(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const named = (keys) => (keys || []).map((key) => ({ ...key, id: bytesOf(key.id) }));

function asked(options) {
  const wanted = { ...options, challenge: bytesOf(options.challenge) };
  if (options.user) wanted.user = { ...options.user, id: bytesOf(options.user.id) };
  wanted.excludeCredentials = named(options.excludeCredentials);
  wanted.allowCredentials = named(options.allowCredentials);
  return wanted;
}

function said(passkey) {
  const answer = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (passkey.response[part]) answer[part] = textOf(passkey.response[part]);
  }
  return {
    id: passkey.id,
    rawId: textOf(passkey.rawId),
    type: passkey.type,
    response: answer,
    clientExtensionResults: passkey.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (!form.dataset.ask) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

async function useIn(form) {
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    const publicKey = asked((await optionsOf(form)).publicKey);
    const passkey = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = JSON.stringify(said(passkey));
    form.submit();
  } catch (error) {
    failed.hidden = false;
  }
}

function offer(form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    useIn(form);
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach(offer);
  document.querySelectorAll("[data-no-passkeys]").forEach((words) => (words.hidden = true));
}
