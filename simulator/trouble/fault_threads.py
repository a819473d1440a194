"""Where client libraries' users ran into each kind of fault: the threads of their trackers.

Short names: cloudhopper is twitter-archive/cloudhopper-smpp, jsmpp opentelecoms-org/jsmpp, node-smpp farhadi/node-smpp,
smpplib python-smpplib/python-smpplib, jasmin jookies/jasmin, vumi praekeltfoundation/vumi, ksmppd kneodev/ksmppd,
php-smpp onlinecity/php-smpp, gosmpp linxGnu/gosmpp, go-smpp fiorix/go-smpp, smppex funbox/smppex, naz komuw/naz,
JamaaSMPP AdhamAwadhi/JamaaSMPP.
"""

from typing import Final

MESSAGE_ID_FORMS: Final = (
    "jasmin#1034 #1129 #586 #535 #916 #418; jsmpp#56; MavoCz/smscsim#4; telenordigital/sms-smpp#153 #155"
)
RECEIPT_BEFORE_RESPONSE: Final = "elibom/mokai#15; jasmin#796"
RECEIPT_ORDER: Final = "vumi#991 #977; jasmin#885; RestComm/smscgateway#62"
UNASKED_RECEIPTS: Final = "ksmppd#111"
RECEIPT_TEXTS: Final = (
    "jsmpp#62; cloudhopper#40 #42 #105; php-smpp#4 #16 #29 #70; uudashr/jsmpp#67; ksmppd#145; jasmin#70; smppex#46"
)
RECEIPT_WRAPPING: Final = "jasmin#139; node-smpp#140; vumi#637"
BODIES: Final = "smppex#6; vumi#804; node-smpp#9 #65; gosmpp#113; cloudhopper#31; mozes/smpp.pdu#6; jsmpp#163"
UNKNOWN_TLVS: Final = "smpplib#2 (congestion_state) #188 #190; jsmpp#16; jasmin#399 #536"
SURPLUS_OCTETS: Final = "python-smpp#7; jasmin#218; smpplib#61; cloudhopper#64"
SM_LENGTH: Final = "cloudhopper#64 #72; node-smpp#145; php-smpp#51; jsmpp#50"
BIG_PAYLOADS: Final = "node-smpp#56 #128"
DATA_CODING_0: Final = "node-smpp#26 #97; ksmppd#50; jsmpp#83; smpplib#79; jasmin#725; php-smpp#28"
WRITES: Final = "AberrantSMPP#20; ajankovic/smpp#8; naz#135"
STRAY_OCTETS: Final = "node-smpp#168 #230; smpplib#22"
THROTTLING: Final = "jasmin#60 #425 #595 #708 #925; vumi#384 #767 #909 #965; ksmppd#6 #126; JamaaSMPP#41; gosmpp#72"
QUEUE_FULL: Final = "vumi#636; fizzed/cloudhopper-smpp#21"
WINDOWS: Final = "gosmpp#73; RestComm/smscgateway#208"
STALLS: Final = "cloudhopper#77 #82 #114; RestComm/cloudhopper-smpp#20; OpenSmpp/opensmpp#32"
LATE_RESPONSES: Final = "cloudhopper#46; jsmpp#63; jasmin#247 #564; node-smpp#227; fiorix/go-smpp#106"
SEQUENCE_NUMBERS: Final = "vumi#88; smppjs#25; ajankovic/smpp#3; JamaaSMPP#50; smppex#16"
ENQUIRE_LINK: Final = "cloudhopper#101 #134; node-smpp#204; naz#52; mozes/smpp.pdu#7"
HALF_OPEN: Final = "cloudhopper#117 #134; jsmpp#6; naz#170"
STILL_BOUND: Final = "jsmpp#180; uudashr/jsmpp#54; vumi#624; node-smpp#250; ksmppd#118"
ENDINGS: Final = "jsmpp#82; naz#29 #170; smpplib#55; node-smpp#248"
BINDS: Final = "jasmin#1139; cloudhopper#25"
GENERIC_NACK: Final = "smppex#58; vumi#404; fiorix/go-smpp#90"
VENDOR_STATUS: Final = "jsmpp#153"
REDELIVERY: Final = "ruby-smpp#5; JamaaSMPP#11"
INTERLEAVING: Final = "fiorix/go-smpp#87; smpplib#72 #102 #160"
CONCATENATION: Final = "node-smpp#72 #171; jsmpp#61 #64; fiorix/go-smpp#110"
VERSIONS: Final = "Rusmpp/Rusmpp#42 #98; smppex#61; naz#194; mal3kith/jsmpp#40"
TLS: Final = "ksmppd#121; smppex#34"
