// Reads a calendar with ical.js from standard input; prints what it means.
import ICAL from "ical.js";
import { text } from "node:stream/consumers";

const calendar = new ICAL.Component(ICAL.parse(await text(process.stdin)));
const entry = calendar.getFirstSubcomponent("vevent");
const event = new ICAL.Event(entry);
for (const zone of calendar.getAllSubcomponents("vtimezone"))
	ICAL.TimezoneService.register(new ICAL.Timezone(zone).tzid, new ICAL.Timezone(zone));
const at = (time) => time.toJSDate().getTime() / 1000;

console.log(JSON.stringify({
	method: calendar.getFirstPropertyValue("method"),
	uid: event.uid,
	sequence: event.sequence,
	begins: at(event.startDate),
	ends: at(event.endDate),
	summary: event.summary,
	status: entry.getFirstPropertyValue("status") ?? "",
	organizer: event.organizer ?? "",
	attendees: event.attendees.map((a) => a.getFirstValue()),
}));
