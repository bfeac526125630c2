"""Hand-made texts with the places where a sentence must end, each marked with ``¦``.

The marker is not part of the text: ``MARKED[name].replace("¦", "")`` is what the splitter sees. The same set was used
to compare segmenter libraries (docs/decisions/0002-sentence-segmenter.md).
"""

MARKED: dict[str, str] = {
    # Abbreviations and initials
    "us_adjective": "The U.S. Space Force launched two satellites. ¦Both reached orbit.",
    "us_before_name": "He met U.S. President Joe Biden on Monday. ¦They spoke for an hour.",
    "us_at_end": "The rocket was built in the U.S. ¦It flew from Florida.",
    "us_at_end_the": "Russia still buys parts from the U.S. ¦The sanctions did not change that.",
    "uk_un": "The U.K. and the U.N. signed the U.N. Outer Space Treaty. ¦Others followed.",
    "us_russia": "U.S.-Russia tensions grew. ¦Moscow walked out.",
    "month_day": "Liftoff is set for Sept. 26 at Cape Canaveral. ¦A backup is Sept. 27.",
    "month_alone": "The window opens in Oct. 2025 and closes in Nov. ¦The crew trains until then.",
    "doctor": "Dr. Katya Echazarreta flew in 2022. ¦She is an engineer.",
    "mr_mrs_ms": "Mr. Musk, Ms. Shotwell and Mrs. Ride were there. ¦Prof. Lee was not.",
    "rank": "Lt. Col. Anne McClain and Gen. Chance Saltzman met Sen. Bill Nelson. ¦They agreed.",
    "number": "Pad No. 5 was damaged. ¦Repairs take a month.",
    "number_word": "Was it safe? ¦No. ¦Engineers said the pad was cracked.",
    "am_edt": "The launch is at 7:15 a.m. EDT on Friday. ¦Coverage starts at 6 a.m. ¦Weather is good.",
    "am_place": "It lands at 8:40 a.m. Florida time, 2:40 p.m. Indian Standard Time. ¦Fog forms by 9 a.m. ¦It waits.",
    "pm_mid": "Docking came at 3 p.m. Friday, Nov. 7. ¦The hatch opened at 5 p.m. EST.",
    "saint": "Crews drove past St. Petersburg to St. Louis. ¦They arrived late.",
    "initial_middle": "The James E. Webb biography is out. ¦NASA named a telescope for him.",
    "initial_first": "J. Michael Straczynski and H. G. Wells wrote about Mars. ¦George R. R. Martin did not.",
    "initials_glued": "R.R. Gilruth led the center. ¦J.F. Kennedy set the goal.",
    "inc_said": "Astra Space Inc. said it lost contact. ¦Rocket Lab USA Inc. did not.",
    "inc_at_end": "The contract went to Intuitive Machines Inc. ¦The company is based in Houston.",
    "corp_ltd_co": "Boeing Co. and Sierra Nevada Corp. bid; Orbex Ltd. withdrew. ¦NASA chose none.",
    "jr_sr": "Robert Cabana Jr. and Guion Bluford Sr. spoke. ¦Everyone listened.",
    "vs_etc": "It was Vulcan vs. Falcon Heavy. ¦Engines, tanks, etc. were compared. ¦Nobody won.",
    "ie_eg": "Some orbits, e.g. Molniya, are elongated, i.e. far from round. ¦Others are not.",
    "approx": "The probe weighs approx. 610 kg. ¦It is small.",
    "fig_vol": "See Fig. 3 in Vol. 2, pp. 14-18. ¦The curve is flat.",
    "gov_rep": "Gov. Ron DeSantis and Rep. Don Beyer came. ¦Reps. Lucas and Babin did not.",
    "washington_dc": "Hearings began in Washington, D.C. on Tuesday. ¦They end in D.C. ¦The votes come later.",
    "state": "The plant is in Decatur, Ala., near Huntsville. ¦A second one is in Waco, Tex. ¦Both are busy.",
    "phd": "Sian Proctor, Ph.D., flew on Inspiration4. ¦She earned her Ph.D. in Arizona.",
    "mt": "The dish on Mt. Graham saw it. ¦So did one on Mt. Wilson.",
    "ft": "The crater is 300 ft. wide and 40 ft. deep. ¦It is new.",
    # Numbers, versions, names
    "decimal": "It rose 0.5 percent to $3.14 billion. ¦The budget was 2.9 billion.",
    "decimal_no_zero": "The odds rose to .75 from .5 in a day. ¦It is a coin toss.",
    "version": "Software v2.1.3 was loaded. ¦Version 2.1.4 fixes it.",
    "block": "The next SLS is Block 1B. ¦Block 2 comes later.",
    "flight": "The tower caught the booster on Starship Flight 5. ¦Nobody had done it before.",
    "mission_number": "NASA flew Artemis I. ¦Engineers then built Artemis II. ¦It carries a crew.",
    "number_starts": "The pad was cleared. ¦Fourteen people left. ¦2024 was a record year. ¦21 launches failed.",
    "year_end": "The station opened in 2000. ¦It will close in 2030. ¦A successor is planned.",
    "domain": "Booking.com and NASA.gov were down. ¦Readers went to x.com.",
    "designation": "Comet C/2023 A3 and asteroid 2024 YR4 passed by. ¦S/2004 S 12. ¦It is a moon.",
    "stage": "Engineers shipped stage S-IVB. ¦It weighs 13 tons.",
    # Quotes, brackets, ellipses
    "quote_said": '"We had a great launch." ¦That is what she told us.',
    "quote_question": '"Who will save the station?" he asked. ¦Nobody answered.',
    "quote_question_end": 'He wrote: "Are you ready for them?" ¦The tweet was deleted.',
    "quote_exclaim": '"Liftoff!" the announcer cried. ¦"Go Falcon!"',
    "quote_curly": "“The data look good.” ¦“We will fly again,” he said. ¦‘Soon.’ ¦It did.",
    "quote_several": 'She said: "We saw a leak. ¦We stopped the count. ¦It was the right call." ¦A new date is open.',
    "quote_comma": '"It works," she said. ¦"It really works."',
    "apostrophes": "The '90s were quiet. ¦The engineers' work went on. ¦NASA's lander didn't fly. ¦Crews' pay rose.",
    "single_quotes": "He said: 'We go. ¦Then we stop.' ¦It was over. ¦The word 'go' was his.",
    "bracket_inside": "The engine (a BE-4) failed. ¦(It was the second time.) ¦A review follows.",
    "bracket_end": "The lander tipped over (see below). ¦Its legs broke.",
    "bracket_quote": 'He said "[It] is fine." ¦The panel agreed.',
    "ellipsis": "The signal faded ... and then it was gone. ¦Nobody knew why...",
    "ellipsis_char": "Three, two, one… ¦Liftoff came at dawn. ¦It was… odd.",
    "interrobang": "It landed?! ¦It did!! ¦The crowd cheered.",
    "question_mid": "What now? ¦Where next? ¦Mars, they say.",
    "semicolon_colon": "Two things failed: the pump; the valve. ¦Both were new.",
    "dash": "The rover - 23 feet long - moved on. ¦It is old — very old.",
    "lower_case_name": "The firm is called ispace. ¦ispace builds landers.",
    "no_space_mash": "The engine was shut down.¦The crew was safe.",
    # Lines, lists, headings
    "heading": "KEY POINTS\n\n¦The launch slipped. ¦A valve was stuck.",
    "heading_one_newline": "What happened\n¦The launch slipped.\n¦What comes next\n¦A review.",
    "bullets": "KEY POINTS\n\n¦• Rogozin is close to Putin\n¦• He tweeted images\n¦• The ISS would fall, he said",
    "bullets_dash": "- The first stage landed. ¦It was its tenth flight.\n¦- The second did not.\n¦* Fairings: lost",
    "numbered": "1. Check the valve.\n¦2. Check it again. ¦Then fly.\n¦10) Land",
    "paragraphs": "The first paragraph ends without a stop\n\n¦The second begins here. ¦It ends.",
    "paragraph_lower": "The list goes on and on,\n\n¦and does not end.",
    "hard_wrapped": (
        "The company said on Tuesday that the second flight of its new rocket had\n"
        "been delayed by at least three weeks because of a leak in the upper\n"
        "stage. ¦Engineers found the leak during a fuelling test at Cape Canaveral\n"
        "in Florida, and they now plan to replace a seal before trying again. ¦The\n"
        "payload, a weather satellite, is safe inside the hangar of the U.S.\n"
        "Space Force near the pad."
    ),
    "hard_wrapped_two": (
        "A capsule came down in the desert on Sunday with a sample of an asteroid\n"
        "that is older than the Earth, and a team flew it to a clean room in\n"
        "Houston the next day. ¦It weighs about as much as a bar of soap.\n"
        "\n"
        "¦The lid was stuck, though, and it took three months to build a tool that\n"
        "could loosen the last two screws without letting any air in. ¦When it was\n"
        "open, the team counted 121.6 grams."
    ),
    "caption_twice": "The station has flown for 21 years\n¦The station has flown for 21 years NASA/Roscosmos",
    # Old news text: all capitals, a space before every full stop
    "old_caps": (
        "IN DECEMBER 1960, THE U.S . FIRST PROPOSED TO HELP NATO . ¦BUT EUROPE MADE NO ATTEMPT . "
        "¦IT SUPPLIED POLARIS (TIME, DEC . 28) . ¦THEN WHAT ? ¦NOBODY KNEW ."
    ),
    "old_caps_quote": 'HE SAID IT " WILL LAST A GENERATION . ¦THE TERMS ARE VERY GOOD . " ¦MANY WERE NOT SO SURE .',
    "old_caps_title": "PRESIDENT JOHN F . KENNEDY SAW MR . KHRUSHCHEV AND DR . ADENAUER . ¦THEY AGREED .",
    "old_lower": "the wing was tested in a slipstream . ¦the lift rose by 0.5 per cent . ¦it was a surprise .",
}
