"""Who held which office on which day: facts, hand-overs and people who changed sides."""

import pytest

from relasi import world

# state, office, day, who took it last
STATE_OFFICES = """
IDN president 2014-10-19 Susilo Bambang Yudhoyono
IDN president 2014-10-21 Joko Widodo
IDN president 2024-10-19 Joko Widodo
IDN president 2024-10-20 Prabowo Subianto
IDN president 2001-07-22 Abdurrahman Wahid
IDN president 2001-07-24 Megawati Soekarnoputri
IDN foreign_minister 2005-01-01 Hassan Wirajuda
IDN foreign_minister 2012-06-01 Marty Natalegawa
IDN foreign_minister 2019-05-05 Retno Marsudi
IDN foreign_minister 2025-01-01 Sugiono
IDN defence_minister 2018-01-01 Ryamizard Ryacudu
IDN defence_minister 2022-01-01 Prabowo Subianto
IDN defence_minister 2025-01-01 Sjafrie Sjamsoeddin
USA president 2009-01-19 George W. Bush
USA president 2009-01-21 Barack Obama
USA president 2021-01-19 Donald Trump
USA president 2021-01-20 Joe Biden
USA president 2025-01-21 Donald Trump
USA foreign_minister 2003-02-05 Colin Powell
USA foreign_minister 2011-05-02 Hillary Clinton
USA foreign_minister 2018-03-01 Rex Tillerson
USA foreign_minister 2018-05-01 Mike Pompeo
USA foreign_minister 2022-02-24 Antony Blinken
USA foreign_minister 2025-03-01 Marco Rubio
USA defence_minister 2004-01-01 Donald Rumsfeld
USA defence_minister 2024-01-01 Lloyd Austin
USA defence_minister 2025-06-22 Pete Hegseth
RUS president 2010-08-01 Dmitry Medvedev
RUS president 2022-02-24 Vladimir Putin
RUS prime_minister 2010-08-01 Vladimir Putin
RUS prime_minister 2021-01-01 Mikhail Mishustin
RUS foreign_minister 2004-01-01 Igor Ivanov
RUS foreign_minister 2014-03-18 Sergei Lavrov
RUS defence_minister 2022-02-24 Sergei Shoigu
RUS defence_minister 2024-06-01 Andrei Belousov
CHN president 2005-01-01 Hu Jintao
CHN president 2015-01-01 Xi Jinping
CHN prime_minister 2022-01-01 Li Keqiang
CHN prime_minister 2024-01-01 Li Qiang
CHN foreign_minister 2022-06-01 Wang Yi
CHN foreign_minister 2023-03-01 Qin Gang
CHN foreign_minister 2023-07-26 Wang Yi
CHN defence_minister 2023-06-01 Li Shangfu
GBR monarch 2022-09-07 Elizabeth II
GBR monarch 2022-09-09 Charles III
GBR prime_minister 2003-03-20 Tony Blair
GBR prime_minister 2016-07-12 David Cameron
GBR prime_minister 2016-07-14 Theresa May
GBR prime_minister 2022-10-01 Liz Truss
GBR prime_minister 2024-07-06 Keir Starmer
GBR foreign_minister 2017-01-01 Boris Johnson
GBR foreign_minister 2024-01-01 David Cameron
DEU chancellor 2021-12-07 Angela Merkel
DEU chancellor 2021-12-09 Olaf Scholz
DEU chancellor 2025-05-07 Friedrich Merz
DEU foreign_minister 2023-01-01 Annalena Baerbock
DEU defence_minister 2015-01-01 Ursula von der Leyen
AUT chancellor 2018-01-01 Sebastian Kurz
FRA president 2012-01-01 Nicolas Sarkozy
FRA president 2018-01-01 Emmanuel Macron
FRA prime_minister 2024-10-01 Michel Barnier
FRA foreign_minister 2003-02-14 Dominique de Villepin
JPN prime_minister 2020-09-15 Shinzō Abe
JPN prime_minister 2020-09-17 Yoshihide Suga
JPN monarch 2019-04-29 Akihito
JPN monarch 2019-05-02 Naruhito
MYS prime_minister 2018-05-09 Najib Razak
MYS prime_minister 2018-05-11 Mahathir Mohamad
MYS prime_minister 2023-01-01 Anwar Ibrahim
SGP prime_minister 2024-05-14 Lee Hsien Loong
SGP prime_minister 2024-05-16 Lawrence Wong
THA prime_minister 2015-01-01 Prayut Chan-o-cha
THA prime_minister 2022-09-10 Prawit Wongsuwan
THA prime_minister 2022-10-15 Prayut Chan-o-cha
THA prime_minister 2025-07-15 Phumtham Wechayachai
PHL president 2016-07-01 Rodrigo Duterte
PHL president 2022-07-01 Ferdinand Marcos Jr
VNM president 2023-02-01 Vo Thi Anh Xuan
MMR president 2020-01-01 Win Myint
MMR foreign_minister 2018-01-01 Aung San Suu Kyi
AUS prime_minister 2010-06-25 Julia Gillard
AUS foreign_minister 2016-01-01 Julie Bishop
IND prime_minister 2014-05-25 Manmohan Singh
IND prime_minister 2014-05-27 Narendra Modi
IND foreign_minister 2022-01-01 Subrahmanyam Jaishankar
PAK president 2008-08-25 Muhammad Mian Soomro
PAK prime_minister 2009-01-01 Yousaf Raza Gillani
PAK prime_minister 2022-04-09 Imran Khan
PAK prime_minister 2022-04-12 Shehbaz Sharif
PAK prime_minister 2023-12-01 Anwaarul Haq Kakar
IRN president 2024-05-18 Ebrahim Raisi
IRN president 2024-06-15 Mohammad Mokhber
IRN president 2024-07-29 Masoud Pezeshkian
IRN foreign_minister 2015-07-14 Mohammad Javad Zarif
IRN foreign_minister 2024-05-18 Hossein Amir-Abdollahian
IRN foreign_minister 2024-07-01 Ali Bagheri Kani
IRN foreign_minister 2024-09-01 Abbas Araghchi
IRN leader 2020-01-03 Ali Khamenei
ISR prime_minister 2006-02-01 Ehud Olmert
ISR prime_minister 2021-06-12 Benjamin Netanyahu
ISR prime_minister 2021-06-14 Naftali Bennett
ISR prime_minister 2022-08-01 Yair Lapid
ISR defence_minister 2023-10-07 Yoav Gallant
PSE president 2004-01-01 Yasser Arafat
PSE president 2010-01-01 Mahmoud Abbas
PSE prime_minister 2020-01-01 Mohammad Shtayyeh
SAU monarch 2014-01-01 Abdullah bin Abdulaziz
SAU monarch 2016-01-01 Salman bin Abdulaziz
SAU prime_minister 2023-01-01 Mohammed bin Salman
ARE president 2003-01-01 Zayed bin Sultan Al Nahyan
ARE president 2022-05-15 Mohammed bin Zayed
QAT foreign_minister 2010-01-01 Hamad bin Jassim
EGY president 2013-08-01 Adly Mansour
EGY foreign_minister 2008-01-01 Ahmed Aboul Gheit
TUR prime_minister 2015-01-01 Ahmet Davutoğlu
TUR foreign_minister 2015-01-15 Mevlüt Çavuşoğlu
TUR foreign_minister 2015-09-15 Feridun Sinirlioğlu
TUR foreign_minister 2024-01-01 Hakan Fidan
SYR president 2024-12-07 Bashar al-Assad
SYR president 2025-02-01 Ahmed al-Sharaa
IRQ president 2020-01-01 Barham Salih
YEM prime_minister 2020-01-01 Maeen Abdulmalik Saeed
YEM foreign_minister 2022-01-01 Ahmed Awad bin Mubarak
LBN prime_minister 2025-03-01 Nawaf Salam
LBY prime_minister 2018-01-01 Fayez al-Sarraj
LBY prime_minister 2024-01-01 Abdul Hamid Dbeibah
UKR president 2014-04-01 Oleksandr Turchynov
UKR president 2022-02-24 Volodymyr Zelensky
UKR foreign_minister 2023-01-01 Dmytro Kuleba
KOR president 2017-03-11 Hwang Kyo-ahn
KOR president 2025-01-15 Choi Sang-mok
KOR president 2025-06-05 Lee Jae-myung
KOR foreign_minister 2005-01-01 Ban Ki-moon
PRK leader 2010-01-01 Kim Jong-il
PRK leader 2018-06-12 Kim Jong-un
PRK foreign_minister 2023-01-01 Choe Son-hui
TWN president 2005-01-01 Chen Shui-bian
TWN president 2022-08-02 Tsai Ing-wen
TWN prime_minister 2001-01-01 Chang Chun-hsiung
ITA prime_minister 2021-06-01 Mario Draghi
ITA foreign_minister 2014-06-01 Federica Mogherini
ESP foreign_minister 2019-01-01 Josep Borrell
NLD prime_minister 2014-07-17 Mark Rutte
BEL prime_minister 2016-03-22 Charles Michel
PRT prime_minister 2020-01-01 António Costa
EST prime_minister 2022-02-24 Kaja Kallas
POL prime_minister 2010-04-10 Donald Tusk
POL prime_minister 2024-01-01 Donald Tusk
BRA president 2016-06-15 Michel Temer
BRA president 2022-12-31 Jair Bolsonaro
ZAF president 2018-02-13 Jacob Zuma
ZAF president 2018-02-16 Cyril Ramaphosa
CHL president 2015-01-01 Michelle Bachelet
SDN president 2018-01-01 Omar al-Bashir
SDN prime_minister 2020-06-01 Abdalla Hamdok
VAT monarch 2020-01-01 Paus Fransiskus
VAT monarch 2025-06-01 Paus Leo XIV
VEN president 2010-01-01 Hugo Chávez
AFG president 2021-08-14 Ashraf Ghani
AFG prime_minister 2023-06-15 Maulvi Abdul Kabir
"""

# body or armed group, the code it is looked up by, office, day, who
BODY_OFFICES = """
UN UNO secretary_general 2006-12-31 Kofi Annan
UN UNO secretary_general 2007-01-01 Ban Ki-moon
UN UNO secretary_general 2016-12-31 Ban Ki-moon
UN UNO secretary_general 2017-01-01 António Guterres
WHO UNO head 2016-01-01 Margaret Chan
WHO UNO head 2020-03-11 Tedros Adhanom Ghebreyesus
IAEA UNO head 2005-01-01 Mohamed ElBaradei
IAEA UNO head 2015-07-14 Yukiya Amano
IAEA UNO head 2019-10-01 Cornel Feruta
IAEA UNO head 2022-03-04 Rafael Grossi
UNHCR UNO head 2010-01-01 António Guterres
UNHCR UNO head 2020-01-01 Filippo Grandi
OHCHR UNO head 2020-01-01 Michelle Bachelet
OHCHR UNO head 2024-01-01 Volker Türk
UNRWA UNO head 2023-10-07 Philippe Lazzarini
UNGA UNO president 2021-12-01 Abdulla Shahid
UNGA UNO president 2025-10-01 Annalena Baerbock
ICC IGO head 2023-03-17 Karim Khan
ICJ UNO president 2024-05-24 Nawaf Salam
NATO IGO secretary_general 2001-09-11 George Robertson
NATO IGO secretary_general 2011-03-01 Anders Fogh Rasmussen
NATO IGO secretary_general 2022-02-24 Jens Stoltenberg
NATO IGO secretary_general 2024-10-02 Mark Rutte
ASEAN IGO secretary_general 2010-01-01 Surin Pitsuwan
ASEAN IGO secretary_general 2015-01-01 Le Luong Minh
ASEAN IGO secretary_general 2022-12-31 Lim Jock Hoi
ASEAN IGO secretary_general 2023-01-02 Kao Kim Hourn
EC EUR president 2012-01-01 José Manuel Barroso
EC EUR president 2019-11-30 Jean-Claude Juncker
EC EUR president 2019-12-01 Ursula von der Leyen
EUCO EUR president 2016-06-24 Donald Tusk
EUCO EUR president 2022-01-01 Charles Michel
EUCO EUR president 2025-01-01 António Costa
EU EUR foreign_minister 2015-07-14 Federica Mogherini
EU EUR foreign_minister 2022-02-24 Josep Borrell
EU EUR foreign_minister 2025-01-01 Kaja Kallas
EP EUR president 2018-01-01 Antonio Tajani
ECB EUR president 2012-07-26 Mario Draghi
ECB EUR president 2022-01-01 Christine Lagarde
IMF IGO head 2015-01-01 Christine Lagarde
IMF IGO head 2023-01-01 Kristalina Georgieva
WB IGO president 2019-03-01 Kristalina Georgieva
WB IGO president 2020-01-01 David Malpass
WTO IGO head 2022-01-01 Ngozi Okonjo-Iweala
OIC IGO secretary_general 2010-01-01 Ekmeleddin İhsanoğlu
OIC IGO secretary_general 2023-01-01 Hissein Brahim Taha
GCC IGO secretary_general 2017-06-05 Abdullatif bin Rashid Al Zayani
AU IGO head 2020-01-01 Moussa Faki Mahamat
AL IGO secretary_general 2005-01-01 Amr Moussa
AL IGO secretary_general 2020-01-01 Ahmed Aboul Gheit
OPEC IGO secretary_general 2020-01-01 Mohammad Barkindo
OSCE IGO secretary_general 2022-02-24 Helga Schmid
NDB IGO president 2024-01-01 Dilma Rousseff
HAMAS PSE leader 2023-10-07 Ismail Haniyeh
HAMAS PSE leader 2024-09-01 Yahya Sinwar
HEZBOLLAH LBN leader 2006-07-12 Hassan Nasrallah
HEZBOLLAH LBN leader 2024-11-01 Naim Qassem
HOUTHI YEM prime_minister 2020-01-01 Abdel-Aziz bin Habtour
AL_QAEDA IMG leader 2005-01-01 Osama bin Laden
ISIS IMG leader 2015-01-01 Abu Bakr al-Baghdadi
TALIBAN AFG leader 2020-02-29 Hibatullah Akhundzada
LNA LBY army_chief 2019-04-04 Khalifa Haftar
"""

SIDES = """
2014-07-17 NLD Mark Rutte
2024-08-01 NLD Mark Rutte
2025-01-01 IGO Mark Rutte
2023-01-01 EST Kaja Kallas
2025-01-01 EUR Kaja Kallas
2017-01-01 BEL Charles Michel
2021-01-01 EUR Charles Michel
2013-01-01 NOR Jens Stoltenberg
2020-01-01 IGO Jens Stoltenberg
2025-06-01 NOR Jens Stoltenberg
2000-01-01 PRT António Guterres
2012-01-01 UNO António Guterres
2018-01-01 DEU Ursula von der Leyen
2020-01-01 EUR Ursula von der Leyen
2012-01-01 POL Donald Tusk
2016-01-01 EUR Donald Tusk
2021-01-01 POL Donald Tusk
2024-01-01 POL Donald Tusk
2015-01-01 EUR Mario Draghi
2022-01-01 ITA Mario Draghi
2014-01-01 ETH Tedros Adhanom Ghebreyesus
2020-01-01 UNO Tedros Adhanom Ghebreyesus
2016-01-01 CHL Michelle Bachelet
2020-01-01 UNO Michelle Bachelet
2024-01-01 CHL Michelle Bachelet
2005-01-01 KOR Ban Ki-moon
2010-01-01 UNO Ban Ki-moon
2020-01-01 IDN Retno Marsudi
2025-01-01 UNO Retno Marsudi
2009-01-01 FRA Christine Lagarde
2015-01-01 IGO Christine Lagarde
2022-01-01 EUR Christine Lagarde
2010-01-01 IGO Tony Blair
2018-01-01 GBR Tony Blair
"""


def rows(table: str, words: int) -> list[tuple[str, ...]]:
    return [tuple(line.split(maxsplit=words - 1)) for line in table.strip().splitlines()]


FACTS = [(c, o, d, None, n) for c, o, d, n in rows(STATE_OFFICES, 4)]
FACTS += [(c, o, d, b, n) for b, c, o, d, n in rows(BODY_OFFICES, 5)]


@pytest.mark.parametrize(("code", "office", "day", "body", "name"), FACTS)
def test_the_holder_of_an_office_on_a_day(code: str, office: str, day: str, body: str | None, name: str) -> None:
    assert [who.name for who, _ in world.holders(code, office, day, body)][:1] == [name]


def test_the_facts_are_many() -> None:
    assert len(set(FACTS)) == len(FACTS) >= 120


@pytest.mark.parametrize(("day", "code", "name"), rows(SIDES, 3))
def test_whom_a_person_served_on_a_day(day: str, code: str, name: str) -> None:
    assert world.code_at(name, None, day) == code


def test_nobody_is_made_up() -> None:
    assert world.holders("LBN", "president", "2023-06-01") == []
    assert world.holders("USA", "prime_minister", "2020-01-01") == []
    assert world.holders("NLD", "secretary_general", "2025-01-01") == []
    assert world.held("Nobody Atall", "2020-01-01") is None
    assert world.code_at("Nobody Atall", None, "2020-01-01") is None
    assert world.code_at("Mark Rutte", "IGO", None) == "IGO"
    assert world.code_at("Joko Widodo", "IDN", "2020-01-01") == "IDN"


def test_an_acting_holder_stands_before_the_suspended_one() -> None:
    names = [who.name for who, _ in world.holders("KOR", "president", "2025-01-15")]
    assert names == ["Choi Sang-mok", "Yoon Suk-yeol"]


def test_a_rival_government_is_not_the_states() -> None:
    for code, rival in (
        ("YEM", "Abdel-Aziz bin Habtour"),
        ("LBY", "Osama Hamad"),
        ("SDN", "Mohammed Hassan al-Ta'ayshi"),
    ):
        for year in range(2016, 2027):
            listed = world.holders(code, "prime_minister", f"{year}-07-01")
            assert rival not in [who.name for who, _ in listed], (code, year)
