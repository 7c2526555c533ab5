// What a browser with scripts adds; every page is whole without.
'use strict'

const all = (selector, each) => document.querySelectorAll(selector).forEach(each)
const now = () => Date.now()

// Her hold: minutes and berries as they go, without haste.  The end of it is
// counted from the server's seconds, since her clock may be wrong.
all('.hold[data-left]', hold => {
	const ends = now() + hold.dataset.left * 1000
	const whole = +hold.dataset.whole
	const sentence = hold.querySelector('[data-until]')
	const number = sentence.querySelector('span.num')
	const lapsed = hold.querySelector('[data-lapsed]')
	const berries = hold.querySelector('.berries')

	function paint() {
		const minutes = Math.ceil((ends - now()) / 60000)
		if (minutes <= 0) {
			berries.remove()
			sentence.remove()
			lapsed.hidden = false
			return
		}
		if (number.textContent != minutes) {
			number.textContent = minutes
			const read = number.nextElementSibling?.lastElementChild
			if (read)	// the counter, in easy Japanese
				read.textContent = /[2579]$/.test(minutes) ? 'ふん' : 'ぷん'
			berries.setAttribute('aria-label', sentence.textContent)
			berries.querySelectorAll('circle').forEach((berry, i) => {
				const red = i * whole < minutes * 10
				berry.setAttribute('fill', `var(--${red ? 'rowan' : 'surface'})`)
				berry.setAttribute('stroke', `var(--${red ? 'rowan' : 'edge'})`)
			})
		}
		setTimeout(paint, 1000)
	}
	paint()
})

// Copying, sharing, printing: shown where the browser can.
function offer(selector, can, act) {
	if (can)
		all(selector, button => {
			button.hidden = false
			button.onclick = () => act(button)
		})
}

offer('[data-copy]', navigator.clipboard, button =>
	navigator.clipboard.writeText(button.dataset.copy).then(() => {
		button.nextElementSibling.textContent = button.dataset.done
	}, () => { button.hidden = true }))

offer('[data-share]', navigator.share, button => {
	const when = document.querySelector(button.dataset.share)
	const text = when.innerText.replace(/\s+/g, ' ').trim()
	// To close the sheet is no fault.
	navigator.share({ text }).catch(() => {})
})

offer('[data-print]', window.print, () => print())

// Free times as they are.  Many may hear of one change: each waits a little
// of her own.  A page that nobody looks at is silent.
function live(list) {
	let shown = +list.dataset.generation
	let stream, timer

	function hear() {
		if (document.hidden || stream)
			return
		stream = new EventSource('/events')
		stream.onmessage = message => {
			const told = +message.data.split(' ')[1]
			// A server that was started anew counts from the beginning.
			if (told != list.heard && (told > shown || told < list.heard))
				later()
			list.heard = told
		}
	}

	function fall_silent() {
		if (stream)
			stream.close()
		stream = null
		clearTimeout(timer)
		timer = null
	}

	function later() {
		timer ??= setTimeout(look, Math.random() * 3000)
	}

	async function look() {
		timer = null
		try {
			const answer = await fetch(location.href)
			const page = new DOMParser().parseFromString(
				await answer.text(), 'text/html')
			const fresh = page.getElementById(list.id)
			if (answer.ok && fresh)
				exchange(page, fresh)
		} catch {
			// Offline: the next word, or the next look, tells.
		}
	}

	// What she has under her finger stays under it.
	function exchange(page, fresh) {
		const held = document.activeElement
		const value = list.contains(held) && held.value
		shown = +fresh.dataset.generation
		list.replaceChildren(...fresh.childNodes)
		document.getElementById('drawings').replaceWith(
			page.getElementById('drawings'))
		if (value)
			(list.querySelector(`[value="${CSS.escape(value)}"]`) ??
				list.querySelector('button'))?.focus({ preventScroll: true })
	}

	document.addEventListener('visibilitychange', () =>
		document.hidden ? fall_silent() : hear())
	addEventListener('pagehide', fall_silent)
	addEventListener('pageshow', hear)
	hear()
}

if (window.EventSource)
	all('[data-generation]', live)
