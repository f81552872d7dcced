/** What telephone systems send over WebSockets: Twilio, Asterisk, FreeSWITCH and jambonz. */
package dev.steno.protocol.telephony;
