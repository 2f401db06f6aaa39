// Package system switches machines with NixOS, and homes with Home Manager, from one
// generation to another.
//
//	Machine    what is switched: a profile, on a Host
//	Kind       NixOS or Home: which program of a generation activates it
//	Host       where that is: Local, or Remote through a shell elsewhere
//	Plan       what is wanted: a new generation, or one that is there
//	Intent     what a run is about to do, kept beside the profile while it does it
//	Outcome    what a run that ended in the middle has left
//
// Nothing here evaluates or builds; package why, below, says how generations differ.
//
// # Steps
//
// Switch takes a lock, PROFILE.switch.lock, that is held to the end, and then:
//
//	recover     what an earlier run left is put in order
//	intend      PROFILE.switch says what is about to be done
//	set         the profile leads to the generation, by one rename; a new one gets a link
//	            PROFILE-N-link, a root of the garbage collector, before
//	activate    PROFILE.switch says so, and the generation's own program runs
//	done        PROFILE.switch is deleted
//
// # State
//
// The link of the profile is the truth about which generation the machine has: at each moment
// it leads to the old or the new one. What is active, /run/current-system or the root that
// Home Manager makes, is changed by the program of the generation itself, at the end of the
// activation. The two may differ rightly (boot), so they cannot tell what was under way: that
// is what the intent is for, and nothing else. Without one, all is as it is meant to be.
//
// # Failure
//
// A program that fails while the old generation is still the active one has activated nothing
// as a whole: the profile leads to the old generation again, and the link of the new one is
// deleted, so that no boot menu offers it. If the new one is active, it stays, and the status
// of the program is that of the run. Numbers of statuses mean different things in different
// versions of NixOS, so they decide nothing.
//
// # Recovery
//
// A run that finds an intent, under the lock, knows that the one who wrote it has ended. If the
// profile still leads to the old generation, links of the new one are deleted. If it leads to
// the new one, that stays if it is the active one, and the profile is turned back otherwise.
// A program of this machine goes on if firn ends: its runner deletes the intent when it has
// succeeded, and notes the status in it otherwise, before it gives up the lock.
// Each step can be cut and done again. Recovery activates nothing: the step that follows does,
// as a whole.
package system
